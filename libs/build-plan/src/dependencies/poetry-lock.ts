import { normalName } from '../requirement-line.ts';
import { isTable, readToml, type Table, tableIn, textIn } from '../toml.ts';

/** What a `poetry.lock` says, whatever its age. */
export interface PoetryLock {
  /** `name==version` of everything from an index, with markers and hashes. */
  readonly locked: readonly string[];
  /** The commits that Git dependencies stand at, by normalised name. */
  readonly commits: ReadonlyMap<string, string>;
  /** Everything it names. */
  readonly names: ReadonlySet<string>;
  /** Packages in several versions, and nothing says which is for whom: old locks know that only by how they were made. */
  readonly undecided: readonly string[];
}

export function readPoetryLock(path: string, text: string): PoetryLock {
  const root = readToml(path, text);
  const listed = root['package'];
  const packages = (Array.isArray(listed) ? listed : []).filter(isTable).map((entry) => ({ entry, name: normalName(textIn(entry, 'name') ?? ''), source: tableIn(entry, 'source') }));
  const fromIndex = packages.filter(({ source }) => source === undefined || textIn(source, 'type') === 'legacy');
  const counts = Map.groupBy(packages, ({ name }) => name);
  const isUndecided = ({ name, entry }: (typeof packages)[number]): boolean => markersOf(entry) === '' && (counts.get(name)?.length ?? 0) > 1;
  return {
    locked: fromIndex.filter((each) => !isUndecided(each)).map(({ entry, name }) => lockedLine(name, entry, tableIn(root, 'metadata', 'files'))),
    commits: new Map(packages.flatMap(({ name, source }) => (textIn(source, 'type') === 'git' ? [[name, textIn(source, 'resolved_reference') ?? ''] as const] : []))),
    names: new Set(packages.map(({ name }) => name)),
    undecided: [...new Set(packages.filter(isUndecided).map(({ name }) => name))],
  };
}

function lockedLine(name: string, entry: Table, olderFiles: Table | undefined): string {
  const markers = markersOf(entry);
  const files = entry['files'] ?? olderFiles?.[textIn(entry, 'name') ?? ''];
  const hashes = (Array.isArray(files) ? files : []).filter(isTable).map((file) => textIn(file, 'hash')).filter((hash) => hash !== null);
  return `${name}==${textIn(entry, 'version') ?? ''}${markers === '' ? '' : ` ; ${markers}`}${[...new Set(hashes)].map((hash) => ` --hash=${hash}`).join('')}`;
}

/** For whom a version is, as locks of Poetry 2 say it: once, or by group. */
const markersOf = (entry: Table): string => textIn(entry, 'markers') ?? textIn(tableIn(entry, 'markers'), 'main') ?? '';
