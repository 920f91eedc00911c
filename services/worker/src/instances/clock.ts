import { setTimeout as timeout } from 'node:timers/promises';

/** Time as the instances feel it; a test moves it by hand. */
export abstract class Clock {
  /** Milliseconds since 1970. */
  abstract now(): number;
  /** Returns after `ms`, or as soon as `signal` is aborted. */
  abstract wait(ms: number, signal: AbortSignal): Promise<void>;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    await timeout(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
