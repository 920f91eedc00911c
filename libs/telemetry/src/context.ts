import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of one request or job carries. */
export interface LogContext {
  readonly requestId?: string;
  readonly [field: string]: string | number | boolean | undefined;
}

/** Follows one request or job through everything it awaits: `context.run({ requestId }, work)`. */
export const context = new AsyncLocalStorage<LogContext>();
