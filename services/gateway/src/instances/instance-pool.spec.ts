import { describe, expect, it } from 'vitest';
import type { RouteInstance } from '@weir/contracts';
import { InstancePool } from './instance-pool.ts';

const old: RouteInstance = { id: 'ins_old', attempt: 1, release: 'rel_1', address: '10.0.0.1:1', state: 'draining' };
const fresh: RouteInstance = { id: 'ins_new', attempt: 1, release: 'rel_2', address: '10.0.0.2:1', state: 'serving' };
const instances = [old, fresh];

describe('an instance pool', () => {
  it('gives documents to the newest and all else to the browser\'s own', () => {
    const pool = new InstancePool();
    expect(pool.pick(instances, { bound: [old], document: true })).toBe(fresh);
    expect(pool.pick(instances, { bound: [old], document: false })).toBe(old);
    expect(pool.pick(instances, { bound: [fresh, old], document: false })).toBe(fresh);
    expect(pool.pick([old], { bound: [], document: false })).toBeUndefined();
  });

  it('takes a binding to a process that is gone for none', () => {
    const pool = new InstancePool();
    expect(pool.pick(instances, { bound: [{ id: 'ins_gone', attempt: 1 }], document: false })).toBe(fresh);
    expect(pool.pick(instances, { bound: [{ id: old.id, attempt: 2 }], document: false })).toBe(fresh);
    expect(pool.pick(instances, { bound: [{ id: 'ins_gone', attempt: 1 }, old], document: false })).toBe(old);
  });

  it('leads to a frozen instance only its own browsers while another serves', () => {
    const pool = new InstancePool();
    const frozen: RouteInstance = { ...fresh, id: 'ins_cold', state: 'frozen' };
    expect(pool.pick([frozen, fresh], { bound: [], document: true })).toBe(fresh);
    expect(pool.pick([frozen, fresh], { bound: [frozen], document: true })).toBe(frozen);
    expect(pool.pick([frozen, old], { bound: [], document: true })).toBe(frozen);
  });

  it('spreads new browsers over the instances with the fewest sessions', () => {
    const pool = new InstancePool();
    const three = (['ins_a', 'ins_b', 'ins_c'] as const).map((id): RouteInstance => ({ id, attempt: 1, release: 'rel_2', address: '10.0.0.2:1', state: 'serving' }));
    const wish = { bound: [], document: true };
    const chosen = (): string | undefined => {
      const id = pool.pick(three, wish)?.id;
      if (id) pool.expectSocket(id);
      return id;
    };
    expect([pool.pick(three, wish)?.id, pool.pick(three, wish)?.id]).toEqual(['ins_a', 'ins_a']); // who asks has sent nobody
    expect([chosen(), chosen(), chosen(), chosen()]).toEqual(['ins_a', 'ins_b', 'ins_c', 'ins_a']);
    for (const id of ['ins_a', 'ins_a', 'ins_b'] as const) pool.socketOpened(id);
    expect(pool.pick(three, { bound: [], document: false })?.id).toBe('ins_b');
  });

  it('counts requests that are open as sessions: those of Gradio are event streams', () => {
    const pool = new InstancePool();
    const two: RouteInstance[] = [{ ...fresh, id: 'ins_a' }, { ...fresh, id: 'ins_b' }];
    const least = (): string | undefined => pool.pick(two, { bound: [], document: true })?.id;
    pool.requestStarted('ins_a');
    expect(least()).toBe('ins_b');
    pool.socketOpened('ins_b');
    pool.requestStarted('ins_b');
    expect(least()).toBe('ins_a');
    pool.requestEnded('ins_b');
    pool.requestEnded('ins_a');
    expect(least()).toBe('ins_a');
  });

  it('leads nobody to a process that refused, for two seconds, while another serves', () => {
    let nowMs = 0;
    const pool = new InstancePool(() => nowMs);
    const [a, b]: [RouteInstance, RouteInstance] = [{ ...fresh, id: 'ins_a' }, { ...fresh, id: 'ins_b' }];
    const chosen = (among: readonly RouteInstance[], bound: readonly RouteInstance[] = []): string[] => [true, false].map((document) => pool.pick(among, { bound, document })?.id ?? '');
    pool.socketOpened(b.id);
    expect(chosen([a, b])).toEqual(['ins_a', 'ins_a']);

    pool.noteRefusal(a);
    expect(chosen([a, b])).toEqual(['ins_b', 'ins_b']);
    expect(chosen([a, b], [a])).toEqual(['ins_b', 'ins_b']); // its sessions died with it
    expect(chosen([{ ...a, state: 'draining' }, b], [a])).toEqual(['ins_b', 'ins_b']);
    expect(chosen([{ ...a, attempt: 2 }, b])).toEqual(['ins_a', 'ins_a']); // it was restarted
    expect(chosen([a])).toEqual(['ins_a', 'ins_a']);
    expect(chosen([a, { ...b, state: 'draining' }])).toEqual(['ins_a', 'ins_a']);

    nowMs = 1_000;
    pool.noteRefusal(b);
    expect(chosen([a, b], [b])).toEqual(['ins_b', 'ins_b']); // all refuse: as if none did
    nowMs = 2_000;
    expect(chosen([a, b], [b])).toEqual(['ins_a', 'ins_a']);
    nowMs = 3_000;
    expect(chosen([a, b], [b])).toEqual(['ins_b', 'ins_b']);
  });

  it('tells once which apps somebody used', () => {
    const pool = new InstancePool();
    pool.noteUse('app_1');
    pool.noteUse('app_1');
    expect(pool.takeActivity([]).used).toEqual(['app_1']);
    expect(pool.takeActivity([]).used).toEqual([]);
  });

  it('counts what a draining instance still carries, and forgets what nobody uses', () => {
    const pool = new InstancePool();
    pool.requestStarted(old.id);
    pool.requestStarted(fresh.id);
    pool.socketOpened('ins_gone');
    const routes = [{ instances, hostname: 'a', app: 'app_1' as const, status: 'live' as const, policy: { kind: 'public' as const }, framework: { name: 'streamlit', version: null } }];
    expect(pool.takeActivity(routes).instances).toEqual([{ id: old.id, sockets: 1, requests: 1 }, { id: fresh.id, sockets: 0, requests: 1 }, { id: 'ins_gone', sockets: 1, requests: 0 }]);
    pool.requestEnded(old.id);
    pool.requestEnded(fresh.id);
    pool.socketClosed('ins_gone');
    pool.takeActivity(routes);
    expect(pool.takeActivity([])).toEqual({ instances: [], used: [] });
  });
});
