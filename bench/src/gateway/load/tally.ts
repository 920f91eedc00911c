import { setTimeout as delay } from 'node:timers/promises';

const TAIL_MS = 10_000;

/** Counts units as they begin and end. */
export class Tally {
  #open = 0;
  #failure: Error | undefined;
  readonly #latencies: number[] = [];

  begun(): void {
    this.#open += 1;
  }

  /** @param dueAt when it should have begun */
  ended(dueAt: number): void {
    this.#open -= 1;
    this.#latencies.push(performance.now() - dueAt);
  }

  /** One unit that failed spoils the measurement. */
  failed(error: Error): void {
    this.#failure ??= error;
  }

  /** Waits until all have ended. @throws Error if one failed or is missing after ten seconds */
  async settled(): Promise<void> {
    for (const limit = performance.now() + TAIL_MS; this.#open > 0 && !this.#failure; await delay(2)) {
      if (performance.now() > limit) throw new Error(`${this.#open} units got no answer`);
    }
    if (this.#failure) throw this.#failure;
  }

  get units(): number {
    return this.#latencies.length;
  }

  /** The latency that a share of all did not exceed. */
  percentile(share: number): number {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}
