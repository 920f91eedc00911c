import type { NewLogLine } from '@weir/contracts';
import type { RuntimeLogLine } from '@weir/container-runtime';

/** Lines of one window of time travel together; its number is the batch's number. */
export const WINDOW_MS = 200;
/** A line may take so long from the app to us. */
const LATE_MS = 50;
const MAX_LINES = 1000;
const MAX_CHARACTERS = 262_144;

interface Window {
  readonly lines: NewLogLine[];
  characters: number;
  dropped: number;
  lastAt: Date;
}

export interface Batch {
  readonly number: number;
  readonly lines: NewLogLine[];
}

/**
 * Cuts a log into batches by the time of its lines, so that reading it again cuts it
 * the same way: a batch that was written before is known by its number.
 *
 * A flood keeps the first lines of each window and says how many were left out.
 */
export class LogWindows {
  readonly #windows = new Map<number, Window>();
  #taken: number;

  /** @param taken number of the last batch that was sent; lines of later windows only are expected */
  constructor(taken = -1) {
    this.#taken = taken;
  }

  get size(): number {
    return this.#windows.size;
  }

  add({ at, stream, text }: RuntimeLogLine): void {
    // One that came too late for its window goes with the next: written once, a moment later.
    const number = Math.max(Math.floor(at.getTime() / WINDOW_MS), this.#taken + 1);
    const window = this.#windows.get(number) ?? { lines: [], characters: 0, dropped: 0, lastAt: at };
    this.#windows.set(number, window);
    window.lastAt = at;
    if (window.lines.length >= MAX_LINES || window.characters + text.length > MAX_CHARACTERS) {
      window.dropped++;
      return;
    }
    window.characters += text.length;
    window.lines.push({ at: at.toISOString(), stream, text });
  }

  /** The batches that are complete at `nowMs` (`Infinity`: nothing follows), oldest first. */
  take(nowMs: number): Batch[] {
    const complete = [...this.#windows].filter(([number]) => (number + 1) * WINDOW_MS + LATE_MS <= nowMs).sort(([a], [b]) => a - b);
    return complete.map(([number, { lines, dropped, lastAt }]) => {
      this.#windows.delete(number);
      this.#taken = Math.max(this.#taken, number);
      const note: NewLogLine[] = dropped === 0 ? [] : [{ at: lastAt.toISOString(), stream: 'system', text: `… ${dropped} more lines were written at this moment and left out.` }];
      return { number, lines: [...lines, ...note] };
    });
  }
}
