import type { LogLine } from '@weir/contracts';

/** As many lines as a page keeps; older ones are in the download. */
export const WINDOW_LINES = 20_000;

export interface LogWindow {
  readonly lines: readonly LogLine[];
  /** The last line's number, to go on after. 0 before the first. */
  readonly last: number;
  /** Lines that were shown once and made room. */
  readonly dropped: number;
  /** No line will ever follow. */
  readonly ended: boolean;
}

export const EMPTY_WINDOW: LogWindow = { lines: [], last: 0, dropped: 0, ended: false };

/** The window with more lines at its end. Lines it has already are not added twice: a reconnect may repeat some. */
export function appendLines(window: LogWindow, lines: readonly LogLine[], ended: boolean, most = WINDOW_LINES): LogWindow {
  const fresh = lines.filter((line) => line.seq > window.last);
  if (fresh.length === 0) return ended === window.ended ? window : { ...window, ended };
  const all = [...window.lines, ...fresh];
  const excess = Math.max(0, all.length - most);
  return { lines: excess > 0 ? all.slice(excess) : all, last: fresh.at(-1)?.seq ?? window.last, dropped: window.dropped + excess, ended };
}
