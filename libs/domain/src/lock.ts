/** A package of an environment. `version` is an exact one, or where it came from instead of an index. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
}

/** `null`: it is not there. */
export interface PackageChange {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Names are equal whatever their case and their separators (PEP 503). */
export const normalName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** The packages that a lock lists, one a line: `name==1.2` with the hashes of its files, `name @ place`. Other lines name none. */
export function lockedPackages(lock: string): LockedPackage[] {
  return lock.split('\n').flatMap((line) => {
    const [, name, version, place] = /^([\w.-]+)(?:==(\S+)(?: --hash=\S+)*| @ (\S+))$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [{ name: normalName(name), version: version ?? place ?? '' }];
  });
}

/** What differs between two locks, by name. */
export function packageChanges(from: string, to: string): PackageChange[] {
  const [before, after] = [from, to].map((lock) => new Map(lockedPackages(lock).map(({ name, version }) => [name, version]))) as [Map<string, string>, Map<string, string>];
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((name) => ({ name, from: before.get(name) ?? null, to: after.get(name) ?? null }))
    .filter((change) => change.from !== change.to);
}
