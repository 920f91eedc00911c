import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Turnstile } from './turnstile.ts';

describe('a turnstile', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** @returns who was let in so far */
  function enter(turnstile: Turnstile, count: number): number[] {
    const inside: number[] = [];
    for (let i = 0; i < count; i++) void turnstile.enter('app_1').then(() => inside.push(i));
    return inside;
  }

  it('lets a few in, and others as those come out', async () => {
    const turnstile = new Turnstile();
    const inside = enter(turnstile, 7);
    await vi.advanceTimersByTimeAsync(0);
    expect(inside).toEqual([0, 1, 2, 3]);
    turnstile.left('app_2');
    turnstile.left('app_1');
    await vi.advanceTimersByTimeAsync(0);
    expect(inside).toEqual([0, 1, 2, 3, 4]);
    turnstile.left('app_1');
    turnstile.left('app_1');
    await vi.advanceTimersByTimeAsync(0);
    expect(inside).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('holds nobody up for long when those inside never come out', async () => {
    const turnstile = new Turnstile();
    const inside = enter(turnstile, 100);
    await vi.advanceTimersByTimeAsync(900);
    expect(inside).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(200);
    expect(inside).toHaveLength(100);
  });
});
