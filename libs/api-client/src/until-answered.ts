import { ApiProblem } from './api-problem.ts';

/** Before the second and the third time. */
const PAUSES_MS = [200, 1000];

/** Whether the answer got lost on its way, so that nobody can say whether the work was done. */
function isLost(error: unknown): boolean {
  if (error instanceof RangeError) return false; // nothing was sent: a parameter is missing
  return !(error instanceof ApiProblem) || error.status === 502 || error.status === 504 || error.code === 'idempotency.in_progress';
}

/** Sends again what was sent without an answer. Only for what the server does once, however often it arrives. */
export async function untilAnswered<T>(send: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await send();
    } catch (error) {
      if (signal?.aborted || !isLost(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return send();
}
