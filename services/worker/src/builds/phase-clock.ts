import type { Phase } from '@weir/domain';

/** How long each phase of a build took, in whole milliseconds. */
export class PhaseClock {
  readonly finished: Partial<Record<Phase, number>> = {};
  #phase: Phase | undefined;
  #since = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get phase(): Phase {
    return this.#phase ?? 'fetch';
  }

  enter(phase: Phase): void {
    this.end();
    this.#phase = phase;
    this.#since = this.now();
  }

  /** The phase under way ends; it stays the one that is named when something fails. */
  end(): void {
    if (this.#phase !== undefined && this.finished[this.#phase] === undefined) this.finished[this.#phase] = Math.round(this.now() - this.#since);
  }
}
