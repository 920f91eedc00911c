import { unlessAborted } from './unless-aborted.ts';

/** How many work with a thing, by its key, and when nobody does. */
export class UseCount {
  readonly #users = new Map<string, number>();
  readonly #idle = new Map<string, PromiseWithResolvers<void>>();

  of(key: string): number {
    return this.#users.get(key) ?? 0;
  }

  begin(key: string): void {
    this.#users.set(key, this.of(key) + 1);
  }

  end(key: string): void {
    this.#users.set(key, this.of(key) - 1);
    if (this.of(key) > 0) return;
    this.#users.delete(key);
    this.#idle.get(key)?.resolve();
    this.#idle.delete(key);
  }

  /** Waits until nobody works with it. @throws the signal's reason: who is not wanted any more waits for nobody */
  async whenNone(key: string, signal: AbortSignal): Promise<void> {
    if (this.of(key) === 0) return;
    const idle = this.#idle.get(key) ?? Promise.withResolvers<void>();
    this.#idle.set(key, idle);
    await unlessAborted(idle.promise, signal);
  }
}
