import type { Warning } from '@weir/domain';

const MOST = 50;

/** As it lies in the row. */
export type StoredWarning = Pick<Warning, keyof Warning>;

/** Adds warnings that are not known yet: the same code and sentence is said once of a place, however often an app logs it. */
export function mergeWarnings(known: unknown, found: readonly Warning[]): StoredWarning[] {
  const merged = [...(known as StoredWarning[])];
  for (const { code, message, excerpt, place, hint } of found) {
    const isKnown = merged.some((each) => each.code === code && each.message === message && each.place?.path === place?.path && each.place?.line === place?.line);
    if (merged.length < MOST && !isKnown) merged.push({ code, message, excerpt, ...(place && { place }), ...(hint !== undefined && { hint }) });
  }
  return merged;
}
