import { ApiProblem } from '@weir/api-client';
import { setTimeout as delay } from 'node:timers/promises';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3000;
const GIVE_UP_AFTER_MS = 5 * 60_000;

/** A refusal stays one however often it is asked; anything else passes. */
const passes = (error: unknown): boolean => !(error instanceof ApiProblem) || error.problem.status >= 500 || error.problem.status === 429;

/** Does `work` until it succeeds or is refused: a control plane that is away comes back. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!passes(error) || Date.now() > giveUpAt) throw error;
      await delay(wait);
    }
  }
}
