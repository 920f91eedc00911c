import type { PythonImages } from '@weir/images';

type Say = (step: string) => void;

/** One Python being made, for all who wait for it. */
export class Making {
  /** What it does now. */
  step: string | null = null;
  readonly #listeners = new Set<Say>();
  readonly #done: Promise<PythonImages>;

  constructor(make: (say: Say) => Promise<PythonImages>) {
    this.#done = make((step) => {
      this.step = step;
      for (const say of this.#listeners) say(step);
    });
    this.#done.catch(() => undefined); // who waits is told; perhaps nobody does
  }

  /** Who stops waiting stops nothing: others may wait too, and it is wanted again. */
  async wait(say: Say, signal: AbortSignal): Promise<PythonImages> {
    const stopped = Promise.withResolvers<never>();
    const stop = (): void => stopped.reject(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', stop, { once: true });
    this.#listeners.add(say);
    try {
      return await Promise.race([this.#done, stopped.promise]);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#listeners.delete(say);
    }
  }
}
