import { describe, expect, it } from 'vitest';
import type { RouteInstance } from '@weir/contracts';
import { InstancePool } from './instance-pool.ts';

const old: RouteInstance = { id: 'ins_old', attempt: 1, release: 'rel_1', address: '10.0.0.1:1', state: 'draining' };
const fresh: RouteInstance = { id: 'ins_new', attempt: 1, release: 'rel_2', address: '10.0.0.2:1', state: 'serving' };
const route = { instances: [old, fresh] };

describe('an instance pool', () => {
  it('gives documents to the newest and all else to the browser\'s own', () => {
    const pool = new InstancePool();
    expect(pool.pick(route, { bound: old, navigation: true })).toBe(fresh);
    expect(pool.pick(route, { bound: old, navigation: false })).toBe(old);
    expect(pool.pick(route, { bound: { id: 'ins_gone', attempt: 1 }, navigation: false })).toBe(fresh);
    expect(pool.pick({ instances: [old] }, { bound: undefined, navigation: false })).toBeUndefined();
  });

  it('spreads new browsers over the instances with the fewest sessions', () => {
    const pool = new InstancePool();
    const three = (['ins_a', 'ins_b', 'ins_c'] as const).map((id): RouteInstance => ({ id, attempt: 1, release: 'rel_2', address: '10.0.0.2:1', state: 'serving' }));
    const chosen = (): string | undefined => pool.pick({ instances: three }, { bound: undefined, navigation: true })?.id;
    expect([chosen(), chosen(), chosen(), chosen()]).toEqual(['ins_a', 'ins_b', 'ins_c', 'ins_a']);
    for (const id of ['ins_a', 'ins_a', 'ins_b'] as const) pool.socketOpened(id);
    expect(pool.pick({ instances: three }, { bound: undefined, navigation: false })?.id).toBe('ins_b');
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
    const routes = [{ ...route, hostname: 'a', app: 'app_1' as const, status: 'live' as const, policy: { kind: 'public' as const }, framework: { name: 'streamlit', version: null } }];
    expect(pool.takeActivity(routes).instances).toEqual([{ id: old.id, sockets: 1, requests: 1 }, { id: fresh.id, sockets: 0, requests: 1 }, { id: 'ins_gone', sockets: 1, requests: 0 }]);
    pool.requestEnded(old.id);
    pool.requestEnded(fresh.id);
    pool.socketClosed('ins_gone');
    pool.takeActivity(routes);
    expect(pool.takeActivity([])).toEqual({ instances: [], used: [] });
  });
});
