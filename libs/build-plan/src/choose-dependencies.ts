import type { Dependencies } from './plan.ts';
import { namesDependencies, readPyproject } from './pyproject.ts';
import { inDir, type RepositoryTree } from './repository-tree.ts';

export interface DependencyChoice {
  readonly dependencies: Dependencies;
  readonly notes: readonly string[];
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
  readonly name: string;
  readonly kind: (typeof LOOKUP)[number][1];
  /** Why nothing can be installed from it. */
  readonly useless: string | null;
}

/** The entry file's folder first, then the root; the first file that says anything wins, and the others are named with the reason. */
export function chooseDependencies(tree: RepositoryTree, entryDir: string): DependencyChoice {
  const folders = [...new Set([entryDir, ''])];
  const found = folders.flatMap((dir) => LOOKUP.filter(([name]) => tree.files.has(inDir(dir, name))).map(([name, kind]) => foundIn(tree, dir, name, kind)));
  const chosen = found.find(({ useless }) => useless === null);
  const ignored = found.filter((file) => file !== chosen).map((file) => `${file.path} is ignored: ${file.useless ?? reasonBehind(chosen, file)}.`);
  const locks = folders.flatMap((dir) => Object.entries(LOCKS).map(([lock, locked]) => ({ path: inDir(dir, lock), locked: inDir(dir, locked) })))
    .filter(({ path, locked }) => tree.files.has(path) && locked !== chosen?.path)
    .map(({ path, locked }) => `${path} is ignored: ${tree.files.has(locked) ? `so is ${locked}` : `there is no ${locked}`}.`);

  if (!chosen) {
    const setup = folders.map((dir) => inDir(dir, 'setup.py')).filter((path) => tree.files.has(path)).map((path) => `${path} is ignored: a requirements.txt with the line “-e .” installs it.`);
    return { dependencies: { kind: 'none' }, notes: ['There is no dependency file; only the app’s framework is installed.', ...ignored, ...locks, ...setup] };
  }
  const { kind, path, dir } = chosen;
  return { dependencies: { kind, path, dir }, notes: [`Dependencies come from ${path}.`, ...ignored, ...locks] };
}

function foundIn(tree: RepositoryTree, dir: string, name: string, kind: Found['kind']): Found {
  const path = inDir(dir, name);
  return { path, dir, name, kind, useless: whyUseless(tree, { path, dir, kind }) };
}

function whyUseless(tree: RepositoryTree, { dir, kind, path }: Pick<Found, 'dir' | 'kind' | 'path'>): string | null {
  if (kind === 'uv-lock') return tree.files.has(inDir(dir, 'pyproject.toml')) ? null : 'there is no pyproject.toml beside it';
  if (kind !== 'pyproject') return null;
  return namesDependencies(readPyproject(path, tree.files.get(path)?.text)) ? null : 'it names no dependencies';
}

function reasonBehind(chosen: Found | undefined, { name, dir }: Found): string {
  if (chosen?.kind === 'uv-lock' && name === 'pyproject.toml' && dir === chosen.dir) return `${chosen.path} locks it`;
  return `${chosen?.path ?? 'another'} comes before it`;
}
