import { RuntimeProblem } from '@weir/container-runtime';

/** The HTTP status the engine answered with, if it answered. */
export function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** The engine's own words. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const body = 'json' in error ? error.json : undefined;
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : error.message;
}

/** An engine's error in the port's words. No answer at all, and 5xx while it starts or stops, means it is away. */
export function asRuntimeProblem(error: unknown): RuntimeProblem {
  if (error instanceof RuntimeProblem) return error;
  const [status, words] = [statusOf(error), wordsOf(error)];
  if (status === undefined || status === 503) return new RuntimeProblem('unavailable', words, { cause: error });
  if (status === 404 && /no such image/i.test(words)) return new RuntimeProblem('image-missing', words, { cause: error });
  return new RuntimeProblem('refused', words, { cause: error });
}

/** Does `call`, taking these statuses as done: what is gone is gone, what runs is running. */
export async function tolerating<T>(statuses: readonly number[], call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const status = statusOf(error);
    if (status !== undefined && statuses.includes(status)) return undefined;
    throw asRuntimeProblem(error);
  }
}
