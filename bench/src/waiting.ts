import { setTimeout as delay } from 'node:timers/promises';

export const POLL_MS = 10;

/** Milliseconds that something took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Asks until it holds, anew so long after each answer. @throws Error that names what was waited for */
export async function until(what: string, limitMs: number, holds: () => Promise<boolean> | boolean, pollMs = POLL_MS): Promise<void> {
  for (const limit = performance.now() + limitMs; !(await holds()); await delay(pollMs)) {
    if (performance.now() > limit) throw new Error(`waited ${limitMs / 1000} s for ${what}`);
  }
}
