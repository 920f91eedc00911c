import { describe, expect, it } from 'vitest';
import { InProcessChangeBus } from './in-process-change-bus.ts';
import { longPoll } from './long-poll.ts';

const matches = ({ kind }: { kind: string }) => kind === 'routes';

describe('a long poll', () => {
  it('answers at once when there is enough', async () => {
    expect(await longPoll(new InProcessChangeBus(), { read: async () => 7, enough: () => true, matches, waitMs: 20_000 })).toBe(7);
  });

  it('answers with what there is when it must not wait', async () => {
    expect(await longPoll(new InProcessChangeBus(), { read: async () => 7, enough: () => false, matches, waitMs: 0 })).toBe(7);
  });

  it('wakes on a matching change, also one that came while it was reading', async () => {
    const bus = new InProcessChangeBus();
    let cursor = 1;
    const read = async () => {
      const seen = cursor;
      if (cursor < 3) {
        cursor += 1;
        await bus.publish({ kind: 'routes', id: '' });
      }
      return seen;
    };
    expect(await longPoll(bus, { read, enough: (value) => value >= 3, matches, waitMs: 1500 })).toBe(3);
  });

  it('ends when its caller went away', async () => {
    const gone = new AbortController();
    const poll = longPoll(new InProcessChangeBus(), { read: async () => 0, enough: () => false, matches, waitMs: 20_000, signal: gone.signal });
    gone.abort();
    expect(await poll).toBe(0);
  });
});
