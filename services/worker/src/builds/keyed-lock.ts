/** One at a time per key: two builds that need the same thing make it once. */
export class KeyedLock {
  readonly #last = new Map<string, Promise<void>>();

  async hold<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const mine = Promise.withResolvers<void>();
    this.#last.set(key, mine.promise);
    await before;
    try {
      return await work();
    } finally {
      if (this.#last.get(key) === mine.promise) this.#last.delete(key);
      mine.resolve();
    }
  }
}
