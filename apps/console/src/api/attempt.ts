import { redirect } from 'next/navigation';
import type { Outcome } from './outcome.ts';
import { problemOf } from './problem.ts';

/**
 * Runs what a server action does and tells its form how it ended.
 *
 * A refusal becomes an outcome with its fields; a session that has ended leads to the
 * sign-in page; a control plane that does not answer is said as such. Anything else is thrown.
 */
export async function attempt<T>(work: () => Promise<T>, message?: string): Promise<Exclude<Outcome<T>, null>> {
  try {
    return { ok: true, value: await work(), ...(message !== undefined && { message }) };
  } catch (error) {
    const problem = problemOf(error);
    if (problem?.status === 401) redirect('/sign-in');
    if (problem) {
      const fields = Object.fromEntries((problem.errors ?? []).map(({ field, message: text }) => [field, text]));
      return { ok: false, code: problem.code, message: problem.detail, fields };
    }
    if (isUnreachable(error)) return { ok: false, code: 'console.unreachable', message: 'The control plane does not answer. Nothing was changed; try again in a moment.', fields: {} };
    throw error;
  }
}

/** `fetch` says every failure to connect as a TypeError with a cause. */
const isUnreachable = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;
