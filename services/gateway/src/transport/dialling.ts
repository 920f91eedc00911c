/** The kernel would try for minutes. */
export const CONNECT_MS = 2_000;

/** How often whoever carries connections looks after their limits: so a short one costs no timer. */
export const SWEEP_MS = 1_000;

/** Idle time until the kernel asks whether the other end still lives; ten unanswered seconds later the connection is reset. */
export const KEEP_ALIVE_MS = 30_000;

/** No answer to a connection attempt in time, which is as good as refused. */
export class ConnectTimeout extends Error {
  readonly code = 'ECONNREFUSED';
  override readonly message = `no connection within ${CONNECT_MS} ms`;
}
