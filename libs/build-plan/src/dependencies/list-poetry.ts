import { normalName } from '../requirement-line.ts';
import { dirOf, type RepositoryTree } from '../repository-tree.ts';
import { isTable, readToml, tableIn, textIn } from '../toml.ts';
import { type Listing, listing } from './listing.ts';
import { lockBeside, type LockBeside } from './poetry-lock.ts';
import { poetryVersions } from './poetry-versions.ts';
import { lineOf, type TableFile } from './table-dependency.ts';

/** The main dependencies in Poetry’s own table, held to its lock where one lies beside it. */
export function listPoetry(tree: RepositoryTree, path: string): Listing {
  const text = tree.files.get(path)?.text;
  const { python, ...dependencies } = tableIn(readToml(path, text), 'tool', 'poetry', 'dependencies') ?? {};
  const file: TableFile = { path, dir: dirOf(path), versions: poetryVersions };
  const entries = Object.entries(dependencies).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one: unknown) => ({ name, value: one })));
  const [optional, wanted] = [entries.filter(isOptional), entries.filter((entry) => !isOptional(entry))];
  const lock = lockBeside(tree, path, wanted.map(({ name }) => name));
  const range = isTable(python) ? textIn(python, 'version') : python;
  return listing({
    lines: wanted.map(({ name, value }) => lineOf(name, atCommit(name, value, lock), file)),
    locked: lock.locked,
    wheels: lock.wheels,
    wish: typeof range !== 'string' || range === '*' ? null : { range, path },
    inputs: [[path, text ?? ''], ...lock.inputs],
    notes: [...lock.notes, ...(optional.length === 0 ? [] : [`Optional, so not installed: ${optional.map(({ name }) => name).join(', ')}.`])],
  });
}

const isOptional = ({ value }: { value: unknown }): boolean => isTable(value) && value['optional'] === true;

/** A Git dependency at the commit that was locked, instead of wherever its branch is now. */
function atCommit(name: string, value: unknown, { commits }: LockBeside): unknown {
  const commit = commits.get(normalName(name));
  if (!isTable(value) || value['git'] === undefined || !commit) return value;
  const { branch: _, tag: __, ...rest } = value;
  return { ...rest, rev: commit };
}
