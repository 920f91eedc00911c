import type { Change, ChangeBus } from './change-bus.ts';

/** Looks again this often although nothing was heard: a change may be lost with its connection. */
export const SECOND_LOOK_MS = 2000;

interface Poll<T> {
  /** Reads the present state. */
  readonly read: () => Promise<T>;
  /** Whether that state is worth an answer now. */
  readonly enough: (state: T) => boolean;
  /** Which changes make it worth reading again. */
  readonly matches: (change: Change) => boolean;
  /** How long to wait at most, in milliseconds. */
  readonly waitMs: number;
  /** Ends the wait early: the caller went away. */
  readonly signal?: AbortSignal;
}

/** The first state that is enough, or the state there is when the time is over. */
export async function longPoll<T>(bus: ChangeBus, { read, enough, matches, waitMs, signal }: Poll<T>): Promise<T> {
  const deadline = performance.now() + waitMs;
  let stale = false;
  let wake = (): void => undefined;
  const rouse = () => {
    stale = true;
    wake();
  };
  // Subscribed before the first read, so that nothing falls between the two.
  const leave = bus.subscribe((change) => matches(change) && rouse());
  signal?.addEventListener('abort', rouse, { once: true });
  try {
    for (;;) {
      stale = false;
      const state = await read();
      const leftMs = deadline - performance.now();
      if (enough(state) || leftMs <= 0 || signal?.aborted) return state;
      if (stale) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(leftMs, SECOND_LOOK_MS));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    leave();
    signal?.removeEventListener('abort', rouse);
  }
}
