import { unlessAborted } from './unless-aborted.ts';

/** One at a time per key: two builds that need the same thing make it once. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<void>>();

  isHeld(key: string): boolean {
    return this.#last.has(key);
  }

  /** @param signal ends the wait for those before, not the work */
  async hold<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = Promise.withResolvers<void>();
    this.#last.set(key, mine.promise);
    try {
      await (signal ? unlessAborted(before, signal) : before);
      return await work();
    } finally {
      // Who gave up still stands between the one before and the one after.
      void before.then(() => {
        if (this.#last.get(key) === mine.promise) this.#last.delete(key);
        mine.resolve();
      });
    }
  }
}
