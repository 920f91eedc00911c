/** Work that is done again and again, never twice at once, and at once when asked. */
export class Repeating {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;

  constructor(private readonly everyMs: number, private readonly work: () => Promise<void>, private readonly failed: (error: unknown) => void) {}

  start(): void {
    this.#stopped = false;
    this.soon();
  }

  /** Does the work now, or once more after the round under way. */
  soon(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#round();
  }

  /** Waits for the round under way; none follows. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #round(): Promise<void> {
    try {
      do {
        this.#again = false;
        await this.work();
      } while (this.#again && !this.#stopped);
    } catch (error) {
      this.failed(error);
    }
    this.#running = undefined;
    if (!this.#stopped) this.#timer = setTimeout(() => this.soon(), this.everyMs);
  }
}
