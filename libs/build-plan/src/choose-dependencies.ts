import type { Dependencies } from './plan.ts';
import { namesDependencies, readPyproject } from './pyproject.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';

export interface DependencyChoice {
  readonly dependencies: Dependencies;
  readonly note: string;
  /** Files that might have been chosen, and why they were not. */
  readonly ignored: readonly { readonly path: string; readonly why: string }[];
}

/** The order of Community Cloud, in each folder, and what each file is. */
const LOOKUP = [
  ['uv.lock', 'uv-lock'],
  ['Pipfile', 'pipfile'],
  ['environment.yml', 'environment'],
  ['environment.yaml', 'environment'],
  ['requirements.txt', 'requirements'],
  ['pyproject.toml', 'pyproject'],
] as const;

/** Locks that count only beside the file they lock. */
const LOCKS: Readonly<Record<string, string>> = { 'Pipfile.lock': 'Pipfile', 'poetry.lock': 'pyproject.toml' };

interface Found {
  readonly path: string;
  readonly dir: string;
  readonly kind: (typeof LOOKUP)[number][1];
}

/** The entry file's folder first, then the root; the first file that says anything wins, the others are named with the reason. */
export function chooseDependencies(tree: RepositoryTree, entryDir: string): DependencyChoice {
  const folders = [...new Set([entryDir, ''])];
  const found = folders.flatMap((dir) => LOOKUP.map(([name, kind]): Found => ({ path: inDir(dir, name), dir, kind }))).filter(({ path }) => tree.files.has(path));
  const ignored: { path: string; why: string }[] = [];
  let chosen: Found | undefined;
  for (const file of found) {
    const why = chosen ? `${chosen.path} comes before it` : whyUseless(tree, file);
    if (why === null) chosen = file;
    else ignored.push({ path: file.path, why });
  }
  const locks = folders.flatMap((dir) => Object.entries(LOCKS).map(([lock, locked]) => ({ path: inDir(dir, lock), locked: inDir(dir, locked) })))
    .filter(({ path, locked }) => tree.files.has(path) && locked !== chosen?.path)
    .map(({ path, locked }) => ({ path, why: tree.files.has(locked) ? `so is ${locked}` : `there is no ${locked}` }));

  if (!chosen) {
    const setup = folders.map((dir) => inDir(dir, 'setup.py')).filter((path) => tree.files.has(path)).map((path) => ({ path, why: 'a requirements.txt with the line “-e .” installs it' }));
    return { dependencies: { kind: 'none' }, note: 'There is no dependency file; only the app’s framework is installed.', ignored: [...ignored, ...locks, ...setup] };
  }
  const { kind, path, dir } = chosen;
  return { dependencies: { kind, path, dir }, note: `Dependencies come from ${path}${kind === 'uv-lock' ? `, which locks ${inDir(dir, 'pyproject.toml')}` : ''}.`, ignored: [...ignored, ...locks] };
}

/** Why nothing can be installed from a file, or `null`. */
function whyUseless(tree: RepositoryTree, { dir, kind, path }: Found): string | null {
  if (kind === 'uv-lock') return tree.files.has(inDir(dir, 'pyproject.toml')) ? null : 'there is no pyproject.toml beside it';
  if (kind !== 'pyproject') return null;
  return namesDependencies(readPyproject(path, tree.files.get(path)?.text)) ? null : 'it names no dependencies';
}
