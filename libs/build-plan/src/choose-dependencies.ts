import { PlanFailure } from './plan-failure.ts';
import type { Dependencies } from './plan.ts';
import { pyprojectUse } from './pyproject.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';

export interface DependencyChoice {
  readonly dependencies: Dependencies;
  readonly notes: readonly string[];
}

/** The order of Community Cloud, in each folder. Lock files of other tools are listed so that they are named. */
const LOOKUP = ['uv.lock', 'Pipfile', 'environment.yml', 'requirements.txt', 'pyproject.toml'] as const;
type LookupName = (typeof LOOKUP)[number];

/** The entry file's folder first, then the root; the first file that can be used wins, and the others are named with the reason. */
export function chooseDependencies(tree: RepositoryTree, entryDir: string): DependencyChoice {
  const found = [...new Set([entryDir, ''])].flatMap((dir) => LOOKUP.map((name) => ({ dir, name, path: inDir(dir, name) }))).filter(({ path }) => tree.files.has(path));
  const judged = found.map(({ dir, name, path }) => ({ dir, name, path, use: useOf(tree, dir, name) }));
  const chosen = judged.find(({ use }) => use.kind === 'usable');

  if (!chosen) {
    const refused = judged.find(({ use }) => use.kind === 'unsupported');
    if (refused) throw unsupported(refused.path, refused.name);
    const notes = judged.map(({ path, use }) => `${path} is ignored: ${use.why}.`);
    return { dependencies: { kind: 'none' }, notes: ['There is no dependency file; only the app’s framework is installed.', ...notes] };
  }
  const notes = judged.filter((file) => file !== chosen).map(({ path, name, use }) => `${path} is ignored: ${use.kind === 'usable' ? reasonBehind(chosen, name) : use.why}.`);
  return { dependencies: dependenciesOf(chosen), notes: [`Dependencies come from ${chosen.path}.`, ...notes] };
}

type Use = { readonly kind: 'usable' | 'useless' | 'unsupported'; readonly why: string };

function useOf(tree: RepositoryTree, dir: string, name: LookupName): Use {
  switch (name) {
    case 'requirements.txt':
      return { kind: 'usable', why: '' };
    case 'uv.lock':
      return tree.files.has(inDir(dir, 'pyproject.toml')) ? { kind: 'usable', why: '' } : { kind: 'useless', why: 'there is no pyproject.toml beside it' };
    case 'pyproject.toml':
      return pyprojectUse(inDir(dir, name), tree.files.get(inDir(dir, name))?.text);
    case 'Pipfile':
    case 'environment.yml':
      return { kind: 'unsupported', why: 'this version of Weir does not install from it' };
  }
}

function reasonBehind(chosen: { path: string; dir: string; name: string }, name: string): string {
  if (chosen.name === 'uv.lock' && name === 'pyproject.toml') return `${chosen.path} locks it`;
  return `${chosen.path} comes before it`;
}

function dependenciesOf({ dir, name, path }: { dir: string; name: LookupName; path: string }): Dependencies {
  if (name === 'uv.lock') return { kind: 'uv-lock', path, dir };
  return name === 'pyproject.toml' ? { kind: 'pyproject', path, dir } : { kind: 'requirements', path, dir };
}

const CONVERSIONS: Partial<Record<LookupName, string>> = {
  Pipfile: 'Run “pipenv requirements > requirements.txt” and commit the result.',
  'environment.yml': 'List the Python packages in a requirements.txt beside it, and system libraries in packages.txt.',
  'pyproject.toml': 'Run “poetry export -o requirements.txt” (or move the dependencies to [project]) and commit the result.',
};

const unsupported = (path: string, name: LookupName): PlanFailure =>
  new PlanFailure('plan.unsupported_dependencies', `The only dependency file is ${path}, and this version of Weir does not install from it.`, CONVERSIONS[name] ?? null);
