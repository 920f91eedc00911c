import { lockedPackages, normalName } from '@weir/domain';

/** The version of a package in a lock, or `null`: it is not there, or came from a place instead of an index. */
export function installedVersion(lock: string, name: string): string | null {
  const version = lockedPackages(lock).find((each) => each.name === normalName(name))?.version;
  return version === undefined || version.includes('://') ? null : version;
}
