import { Unavailable } from '@weir/domain';
import { context } from '@weir/telemetry';
import type { Config } from '../config.ts';

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly limitMs: number;
}

/** Asks the worker's internal API. @throws Unavailable if it does not answer */
export function askWorker(config: Config, { method, path, body, limitMs }: Question): Promise<Response> {
  return fetch(new URL(path, config.workerUrl), {
    method,
    headers: { authorization: `Bearer ${config.internalToken}`, 'x-request-id': context.getStore()?.requestId ?? '', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(limitMs),
  }).catch((cause: unknown) => {
    throw new Unavailable('worker.unavailable', 'The worker does not answer. Try again in a moment.', { cause });
  });
}
