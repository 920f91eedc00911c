import type { LogLine } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { appendLines, EMPTY_WINDOW } from './log-window.ts';

const lines = (from: number, to: number): LogLine[] => Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i, at: '2026-01-01T00:00:00Z', stream: 'stdout', text: `${from + i}` }));

describe('the window on a log', () => {
  it('shows a line once, though a reconnect repeats it', () => {
    const window = appendLines(appendLines(EMPTY_WINDOW, lines(1, 5), false), lines(4, 7), false);
    expect(window.lines.map((line) => line.seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(window.last).toBe(7);
  });

  it('keeps the newest lines and counts the ones that made room', () => {
    const window = appendLines(appendLines(EMPTY_WINDOW, lines(1, 8), false, 10), lines(9, 14), false, 10);
    expect(window.lines.at(0)?.seq).toBe(5);
    expect(window.dropped).toBe(4);
  });

  it('stays the same object when nothing came', () => {
    const window = appendLines(EMPTY_WINDOW, lines(1, 2), false);
    expect(appendLines(window, lines(1, 2), false)).toBe(window);
    expect(appendLines(window, [], true).ended).toBe(true);
  });
});
