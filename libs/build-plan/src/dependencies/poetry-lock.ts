import { normalName } from '../requirement-line.ts';
import { dirOf, inDir, type RepositoryTree } from '../repository-tree.ts';
import { isTable, readToml, type Table, tableIn, textIn } from '../toml.ts';
import type { Listing, PythonRange } from './listing.ts';
import { lockedWheelWishes } from './locked-wheels.ts';

/** What a `poetry.lock` says, whatever its age. */
interface PoetryLock {
  /** `name==version` of everything from an index, with markers and hashes. */
  readonly locked: readonly string[];
  /** The commits that Git dependencies stand at, by normalised name. */
  readonly commits: ReadonlyMap<string, string>;
  /** Everything it names. */
  readonly names: ReadonlySet<string>;
  /** Pythons that what it names was made for. */
  readonly wheels: readonly PythonRange[];
  /** Packages in several versions, and nothing says which is for whom: old locks know that only by how they were made. */
  readonly undecided: readonly string[];
}

/** What the `poetry.lock` beside a `pyproject.toml` adds to a listing of dependencies of these names; nothing where there is none. */
export interface LockBeside extends Pick<Listing, 'locked' | 'wheels' | 'inputs' | 'notes'> {
  readonly commits: PoetryLock['commits'];
}

export function lockBeside(tree: RepositoryTree, projectPath: string, names: readonly string[]): LockBeside {
  const path = inDir(dirOf(projectPath), 'poetry.lock');
  const text = tree.files.get(path)?.text;
  if (text === undefined) return { locked: [], wheels: [], inputs: [], notes: [], commits: new Map() };
  const lock = readPoetryLock(path, text);
  const unknown = names.filter((name) => !lock.names.has(normalName(name)));
  return {
    locked: lock.locked,
    wheels: lock.wheels,
    inputs: [[path, text]],
    notes: [
      `The exact versions come from ${path}.`,
      ...(unknown.length === 0 ? [] : [`${path} is older than the dependencies: it does not have ${unknown.join(', ')}, so the newest that fits is taken.`]),
      ...(lock.undecided.length === 0 ? [] : [`${path} has several versions of ${lock.undecided.join(', ')}; the one that fits is chosen when the environment is made.`]),
    ],
    commits: lock.commits,
  };
}

function readPoetryLock(path: string, text: string): PoetryLock {
  const root = readToml(path, text);
  const listed = root['package'];
  const packages = (Array.isArray(listed) ? listed : []).filter(isTable).map((entry) => ({ entry, name: normalName(textIn(entry, 'name') ?? ''), source: tableIn(entry, 'source') }));
  const fromIndex = packages.filter(({ source }) => source === undefined || textIn(source, 'type') === 'legacy');
  const older = tableIn(root, 'metadata', 'files');
  const counts = Map.groupBy(packages, ({ name }) => name);
  const isUndecided = ({ name, entry }: (typeof packages)[number]): boolean => markersOf(entry) === '' && (counts.get(name)?.length ?? 0) > 1;
  return {
    locked: fromIndex.filter((each) => !isUndecided(each)).map(({ entry, name }) => lockedLine(name, entry, older)),
    commits: new Map(packages.flatMap(({ name, source }) => (textIn(source, 'type') === 'git' ? [[name, textIn(source, 'resolved_reference') ?? ''] as const] : []))),
    names: new Set(packages.map(({ name }) => name)),
    wheels: lockedWheelWishes(fromIndex.filter(({ entry }) => isForAll(entry)).map(({ entry, name }) => ({ name, version: textIn(entry, 'version') ?? '', files: filesOf(entry, older).flatMap((file) => textIn(file, 'file') ?? []) }))),
    undecided: [...new Set(packages.filter(isUndecided).map(({ name }) => name))],
  };
}

function lockedLine(name: string, entry: Table, olderFiles: Table | undefined): string {
  const markers = markersOf(entry);
  const hashes = filesOf(entry, olderFiles).map((file) => textIn(file, 'hash')).filter((hash) => hash !== null);
  return `${name}==${textIn(entry, 'version') ?? ''}${markers === '' ? '' : ` ; ${markers}`}${[...new Set(hashes)].map((hash) => ` --hash=${hash}`).join('')}`;
}

/** For whom a version is, as locks of Poetry 2 say it: once, or by group. */
const markersOf = (entry: Table): string => textIn(entry, 'markers') ?? textIn(tableIn(entry, 'markers'), 'main') ?? '';

/** What a package can be installed from; locks before Poetry 1.3 have it in a table of their own. */
function filesOf(entry: Table, older: Table | undefined): Table[] {
  const files = entry['files'] ?? older?.[textIn(entry, 'name') ?? ''];
  return (Array.isArray(files) ? files : []).filter(isTable);
}

/** Whether a package is installed on every Python, and not for development only. */
function isForAll(entry: Table): boolean {
  const groups = entry['groups'];
  return markersOf(entry) === '' && (textIn(entry, 'category') ?? 'main') === 'main' && (!Array.isArray(groups) || groups.includes('main'));
}
