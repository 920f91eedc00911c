import { describe, expect, it } from 'vitest';
import { madeUnlessAborted, unlessAborted } from './unless-aborted.ts';

/** Work that a test ends, and what was removed of it. */
function making() {
  const work = Promise.withResolvers<string>();
  const removed: string[] = [];
  const ending = new AbortController();
  const made = madeUnlessAborted(work.promise, ending.signal, async (what) => removed.push(what));
  made.catch(() => undefined);
  return { work, removed, ending, made };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work that cannot be ended', () => {
  it('is not waited for once the signal is aborted', async () => {
    const ending = new AbortController();
    const waits = unlessAborted(new Promise(() => {}), ending.signal);
    ending.abort(new Error('cancelled'));
    await expect(waits).rejects.toThrow('cancelled');
  });

  it('leaves nothing behind where it was aborted before it made something', async () => {
    const { work, removed, ending, made } = making();
    ending.abort(new Error('cancelled'));
    await expect(made).rejects.toThrow('cancelled');
    work.resolve('an image');
    await turn();
    expect(removed).toEqual(['an image']);
  });

  it('leaves nothing behind where it was aborted in the moment it made something', async () => {
    const { work, removed, ending, made } = making();
    work.resolve('an image');
    ending.abort(new Error('cancelled'));
    await expect(made).rejects.toThrow('cancelled');
    await turn();
    expect(removed).toEqual(['an image']);
  });

  it('keeps what was made and given back, whatever is aborted later', async () => {
    const { work, removed, ending, made } = making();
    work.resolve('an image');
    expect(await made).toBe('an image');
    ending.abort(new Error('the worker closes'));
    await turn();
    expect(removed).toEqual([]);
  });

  it('fails as it failed', async () => {
    const { work, removed, made } = making();
    work.reject(new Error('no space left'));
    await expect(made).rejects.toThrow('no space left');
    await turn();
    expect(removed).toEqual([]);
  });
});
