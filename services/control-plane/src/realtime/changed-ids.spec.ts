import { describe, expect, it } from 'vitest';
import { changedIds } from './changed-ids.ts';
import { InProcessChangeBus } from './in-process-change-bus.ts';

const follow = (bus: InProcessChangeBus, signal: AbortSignal) => changedIds(bus, { matches: ({ kind }) => kind === 'app', lookEveryMs: 60_000, signal });

describe('a follower', () => {
  it('looks at everything first, then at what changed, as one turn however much it was', async () => {
    const [bus, stop] = [new InProcessChangeBus(), new AbortController()];
    const turns = follow(bus, stop.signal);
    expect((await turns.next()).value).toBeUndefined();
    for (const id of ['app_1', 'app_2', 'app_1']) await bus.publish({ kind: 'app', id });
    await bus.publish({ kind: 'log', id: 'app_3' });
    expect((await turns.next()).value).toEqual(new Set(['app_1', 'app_2']));
    const next = turns.next();
    await bus.publish({ kind: 'app', id: 'app_4' });
    expect((await next).value).toEqual(new Set(['app_4']));
    stop.abort();
    expect((await turns.next()).done).toBe(true);
  });

  it('ends while it waits', async () => {
    const stop = new AbortController();
    const turns = follow(new InProcessChangeBus(), stop.signal);
    await turns.next();
    const next = turns.next();
    stop.abort();
    expect((await next).done).toBe(true);
  });
});
