import { describe, expect, it } from 'vitest';
import { sleepDepth } from './sleep.ts';

const minutes = (count: number): number => count * 60_000;

describe('how deep an unused app sleeps', () => {
  it.each([
    [10, 20, 9, 'awake'],
    [10, 20, 10, 'frozen'],
    [10, 20, 20, 'stopped'],
    [null, 20, 19, 'awake'],
    [null, 20, 20, 'stopped'],
    [10, null, 100_000, 'frozen'],
    [null, null, 100_000, 'awake'],
  ] as const)('frozen after %s, stopped after %s minutes; unused for %s: %s', (freezeAfterMinutes, stopAfterMinutes, idle, depth) => {
    expect(sleepDepth({ freezeAfterMinutes, stopAfterMinutes }, minutes(idle))).toBe(depth);
  });
});
