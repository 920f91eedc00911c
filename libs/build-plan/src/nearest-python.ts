import { compareVersions } from '@weir/domain';

/** The closest by minor version; of two equally close the newer, which reads all that was written for the one between. */
export function nearestPython(wish: string, versions: readonly string[]): string | undefined {
  const minor = (version: string) => Number(version.split('.')[1] ?? 0);
  const distance = (version: string) => (version.split('.')[0] === wish.split('.')[0] ? Math.abs(minor(version) - minor(wish)) : 1000);
  return [...versions].sort((a, b) => distance(a) - distance(b) || compareVersions(b, a))[0];
}
