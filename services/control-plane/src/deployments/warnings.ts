import type { Warning } from '@weir/domain';

const MOST = 50;

/** As it lies in the row. */
export type StoredWarning = Pick<Warning, keyof Warning>;

/** Adds warnings that are not known yet: the same code and sentence is said once, however often an app logs it. */
export function mergeWarnings(known: unknown, found: readonly Warning[]): StoredWarning[] {
  const merged = [...(known as StoredWarning[])];
  for (const { code, message, excerpt } of found) {
    if (merged.length < MOST && !merged.some((each) => each.code === code && each.message === message)) merged.push({ code, message, excerpt });
  }
  return merged;
}
