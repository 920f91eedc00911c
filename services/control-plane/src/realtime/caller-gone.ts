import type { Request, Response } from 'express';

/** Aborted when the caller closes its connection before it was answered. */
export function callerGone({ res }: Request): AbortSignal {
  const gone = new AbortController();
  const response: Response | undefined = res;
  response?.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
