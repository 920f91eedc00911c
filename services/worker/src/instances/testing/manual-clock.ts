import { Clock } from '../clock.ts';

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved. */
export class ManualClock extends Clock {
  #now = Date.UTC(2026, 0, 1);
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal.aborted) return Promise.resolve();
    const sleeper = { untilMs: this.#now + ms, wake: resolve };
    this.#sleepers.push(sleeper);
    signal.addEventListener('abort', () => resolve(), { once: true });
    return promise;
  }

  /** Moves on, waking sleepers in order and letting what they do settle before the next one. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const next = this.#sleepers.filter(({ untilMs }) => untilMs <= end).sort((a, b) => a.untilMs - b.untilMs)[0];
      if (!next) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      this.#now = Math.max(this.#now, next.untilMs);
      next.wake();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

const QUIET_TURNS = 5;

/** Every promise that can go on without time passing has gone on, those that wait for the real disk too: it does not hurry when this clock does. */
export async function settled(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet = isDiskBusy() ? 0 : quiet + 1) await new Promise<void>((resolve) => { setImmediate(resolve); });
}

const isDiskBusy = (): boolean => process.getActiveResourcesInfo().some((resource) => resource.startsWith('FSReq') || resource === 'CloseReq');
