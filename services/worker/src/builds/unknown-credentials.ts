import { credentialKey, type Warning } from '@weir/domain';

/** A deployment is told of no more findings. */
export const MOST_WARNINGS = 40;

/**
 * The committed credentials that nobody has seen: of another kind, in another file, or one more in a file.
 *
 * @param known by `credentialKey`, as often as each was seen; a list as long as lists become may have been cut, and then its kinds count alone
 */
export function unknownCredentials(found: readonly Warning[], known: readonly string[]): Warning[] {
  const left = new Map([...Map.groupBy(known, (key) => key)].map(([key, same]) => [key, known.length >= MOST_WARNINGS ? Number.POSITIVE_INFINITY : same.length]));
  const told = new Map(found.map((warning) => [`${warning.place?.line} ${credentialKey(warning)}`, warning])); // a line is told of once
  return [...told.values()].filter((warning) => {
    const key = credentialKey(warning);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}
