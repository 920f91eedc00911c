import type { OperationAnswer, OperationId, OperationInput, Problem } from '@weir/contracts';

/** An answer other than success, as the API told it. */
export class BrowserProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

interface Call<O extends OperationId> {
  readonly operation: O;
  readonly method: 'GET' | 'POST';
  /** Under `/api/v1`, with its query. */
  readonly path: string;
  readonly body?: OperationInput<O> extends { body: infer B } ? B : never;
  readonly signal?: AbortSignal;
}

/**
 * Asks the public API from the browser: same origin, the session cookie goes along.
 *
 * For answers that are wanted while typing; the typed client with its schemas would
 * cost every page their weight.
 */
export async function ask<O extends OperationId>({ method, path, body, signal }: Call<O>): Promise<OperationAnswer<O>> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  if (response.ok) return (await response.json()) as OperationAnswer<O>;
  if (response.headers.get('content-type')?.includes('application/problem+json')) throw new BrowserProblem((await response.json()) as Problem);
  throw new Error(`The API answered ${response.status}.`);
}
