import { normalName } from '../requirement-line.ts';
import { dirOf, inDir, type RepositoryTree } from '../repository-tree.ts';
import { isTable, readToml, tableIn, textIn } from '../toml.ts';
import { type Listing, listing } from './listing.ts';
import { type PoetryLock, readPoetryLock } from './poetry-lock.ts';
import { poetryVersions } from './poetry-versions.ts';
import { lineOf, type TableFile } from './table-dependency.ts';

/** The main dependencies in Poetry’s own table, held to its lock where one lies beside it. */
export function listPoetry(tree: RepositoryTree, path: string): Listing {
  const text = tree.files.get(path)?.text;
  const { python, ...dependencies } = tableIn(readToml(path, text), 'tool', 'poetry', 'dependencies') ?? {};
  const lock = lockBeside(tree, path);
  const file: TableFile = { path, dir: dirOf(path), versions: poetryVersions };
  const entries = Object.entries(dependencies).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one: unknown) => [name, one] as const));
  const wanted = entries.filter(([, value]) => !(isTable(value) && value['optional'] === true));
  const optional = entries.filter((entry) => !wanted.includes(entry)).map(([name]) => name);
  const range = typeof python === 'string' ? python : textIn(isTable(python) ? python : undefined, 'version');
  return listing({
    ...lockedBy(lock, wanted.map(([name]) => name)),
    lines: wanted.map(([name, value]) => lineOf(name, atCommit(name, value, lock?.lock), file)),
    wish: range === null || range === '*' ? null : { range, path },
    inputs: [[path, text ?? ''], ...(lock ? [[lock.path, lock.text] as const] : [])],
    notes: [...(lockedBy(lock, wanted.map(([name]) => name)).notes ?? []), ...(optional.length === 0 ? [] : [`Optional, so not installed: ${optional.join(', ')}.`])],
  });
}

/** A `poetry.lock` in the folder of this `pyproject.toml`. */
export function lockBeside(tree: RepositoryTree, path: string): { path: string; text: string; lock: PoetryLock } | undefined {
  const lockPath = inDir(dirOf(path), 'poetry.lock');
  const text = tree.files.get(lockPath)?.text;
  return text === undefined ? undefined : { path: lockPath, text, lock: readPoetryLock(lockPath, text) };
}

/** What a lock holds dependencies of these names to, and what it does not. */
export function lockedBy(found: ReturnType<typeof lockBeside>, names: readonly string[]): Partial<Listing> {
  if (!found) return {};
  const { path, lock } = found;
  const unknown = names.filter((name) => !lock.names.has(normalName(name)));
  return {
    locked: lock.locked,
    notes: [
      `The exact versions come from ${path}.`,
      ...(unknown.length === 0 ? [] : [`${path} is older than the dependencies: it does not have ${unknown.join(', ')}, so the newest that fits is taken.`]),
      ...(lock.undecided.length === 0 ? [] : [`${path} has several versions of ${lock.undecided.join(', ')}; the one that fits is chosen when the environment is made.`]),
    ],
  };
}

/** A Git dependency at the commit that was locked, instead of wherever its branch is now. */
function atCommit(name: string, value: unknown, lock: PoetryLock | undefined): unknown {
  const commit = lock?.commits.get(normalName(name));
  if (!isTable(value) || value['git'] === undefined || !commit) return value;
  const { branch: _, tag: __, ...rest } = value;
  return { ...rest, rev: commit };
}
