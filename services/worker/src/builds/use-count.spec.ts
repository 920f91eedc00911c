import { describe, expect, it } from 'vitest';
import { UseCount } from './use-count.ts';

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('who waits until nobody works with a thing', () => {
  it('waits for the last of them, whatever others have', async () => {
    const count = new UseCount();
    for (const key of ['a', 'a', 'b']) count.begin(key);
    let waits = true;
    const none = count.whenNone('a', never).then(() => (waits = false));
    count.end('a');
    await turn();
    expect([waits, count.of('a')]).toEqual([true, 1]);
    count.end('a');
    await none;
    expect([count.of('a'), count.of('b')]).toEqual([0, 1]);
    await count.whenNone('a', never);
  });

  it('waits no longer once it is not wanted any more, and others wait on', async () => {
    const [count, ending] = [new UseCount(), new AbortController()];
    count.begin('a');
    const stopped = count.whenNone('a', ending.signal);
    const other = count.whenNone('a', never);
    ending.abort(new Error('cancelled'));
    await expect(stopped).rejects.toThrow('cancelled');
    count.end('a');
    await other;
  });
});
