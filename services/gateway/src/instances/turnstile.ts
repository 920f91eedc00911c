import type { AppId } from '@weir/domain';

const AT_ONCE = 4;
/** After that all go in: some who were let in may have left without a word. */
const LIMIT_MS = 1_000;

interface Line {
  /** Let in, and not answered yet. */
  inside: number;
  readonly waiting: (() => void)[];
}

/**
 * Lets those who waited for an app in a few at a time.
 *
 * A process that has just started answers a hundred one after another in half the time it needs for all at
 * once, and the first of them at once.
 */
export class Turnstile {
  readonly #lines = new Map<AppId, Line>();

  /** Waits for a turn. */
  async enter(app: AppId): Promise<void> {
    const line = this.#lines.get(app) ?? this.#open(app);
    if (line.inside < AT_ONCE) line.inside += 1;
    else await new Promise<void>((resolve) => line.waiting.push(resolve));
  }

  /** One of the app's requests has ended. */
  left(app: AppId): void {
    const line = this.#lines.get(app);
    if (!line) return;
    const next = line.waiting.shift();
    if (next) next();
    else line.inside = Math.max(0, line.inside - 1); // some were under way before it was there
  }

  #open(app: AppId): Line {
    const line: Line = { inside: 0, waiting: [] };
    this.#lines.set(app, line);
    setTimeout(() => {
      this.#lines.delete(app);
      for (const goIn of line.waiting) goIn();
    }, LIMIT_MS).unref();
    return line;
  }
}
