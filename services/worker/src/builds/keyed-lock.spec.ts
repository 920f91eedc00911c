import { describe, expect, it } from 'vitest';
import { KeyedLock } from './keyed-lock.ts';

describe('a lock with keys', () => {
  it('lets one work at a time for each key, in the order in which they came', async () => {
    const [lock, order] = [new KeyedLock(), [] as string[]];
    const gate = Promise.withResolvers<void>();
    const first = lock.hold('a', async () => { order.push('first'); await gate.promise; order.push('first ends'); });
    const second = lock.hold('a', async () => void order.push('second'));
    await lock.hold('b', async () => void order.push('other key'));
    gate.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'other key', 'first ends', 'second']);
  });

  it('is waited for no longer by one who gave up, and still by the one after', async () => {
    const [lock, order] = [new KeyedLock(), [] as string[]];
    const gate = Promise.withResolvers<void>();
    const first = lock.hold('a', async () => { await gate.promise; order.push('first'); });
    const stop = new AbortController();
    const second = lock.hold('a', async () => void order.push('second'), stop.signal);
    const third = lock.hold('a', async () => void order.push('third'));
    stop.abort(new Error('cancelled'));
    await expect(second).rejects.toThrow('cancelled');
    expect(order).toEqual([]);
    gate.resolve();
    await Promise.all([first, third]);
    expect(order).toEqual(['first', 'third']);
  });

  it('is free again after work that failed', async () => {
    const lock = new KeyedLock();
    await expect(lock.hold('a', async () => { throw new Error('broken'); })).rejects.toThrow('broken');
    expect(await lock.hold('a', async () => 'works')).toBe('works');
  });
});
