import type { LogLine, LogQuery } from '@weir/contracts';
import type { z } from 'zod';
import type { ApiClient } from './api-client.ts';

export interface StreamLogOptions {
  readonly kind: LogQuery['kind'];
  readonly deployment?: LogQuery['deployment'];
  readonly since?: string;
  readonly after?: number;
  /** Wait for lines to come until the log has ended or `signal` fires; else stop at the newest line. */
  readonly follow: boolean;
  readonly signal?: AbortSignal;
}

const LIMIT = 1000;
/** Below the 25 s that the API allows, so that proxies in between do not cut the wait. */
const WAIT_MS = 20_000;

/** The lines of an app's or a build's log, oldest first, each once. */
export async function* streamLog(client: ApiClient, app: string, { kind, deployment, since, after = 0, follow, signal }: StreamLogOptions): AsyncGenerator<LogLine> {
  let last = after;
  let ending = !follow;
  while (!signal?.aborted) {
    const query: z.input<typeof LogQuery> = { kind, after: last, limit: LIMIT, waitMs: ending ? 0 : WAIT_MS, ...(deployment ? { deployment } : {}), ...(since ? { since } : {}) };
    const page = await client.call('logs.read', { params: { app }, query }, signal ? { signal } : {});
    for (const line of page.lines) {
      last = Math.max(last, line.seq);
      yield line;
    }
    if (ending && page.lines.length < LIMIT) return;
    ending ||= page.ended; // and read once more: a line may have come between the server's two looks
  }
}
