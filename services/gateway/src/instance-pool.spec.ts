import { describe, expect, it } from 'vitest';
import type { RouteInstance } from '@weir/contracts';
import { InstancePool } from './instance-pool.ts';

const old: RouteInstance = { id: 'ins_old', release: 'rel_1', address: '10.0.0.1:1', draining: true };
const fresh: RouteInstance = { id: 'ins_new', release: 'rel_2', address: '10.0.0.2:1', draining: false };
const route = { instances: [old, fresh] };

describe('an instance pool', () => {
  it('gives documents to the newest and all else to the browser\'s own', () => {
    const pool = new InstancePool();
    expect(pool.pick(route, { bound: old.id, navigation: true })).toBe(fresh);
    expect(pool.pick(route, { bound: old.id, navigation: false })).toBe(old);
    expect(pool.pick(route, { bound: 'ins_gone', navigation: false })).toBe(fresh);
    expect(pool.pick({ instances: [old] }, { bound: undefined, navigation: false })).toBeUndefined();
  });

  it('counts what a draining instance still carries, and forgets what nobody uses', () => {
    const pool = new InstancePool();
    pool.requestStarted(old.id);
    pool.requestStarted(fresh.id);
    pool.socketOpened('ins_gone');
    const routes = [{ ...route, hostname: 'a', app: 'app_1' as const, status: 'live' as const, policy: { kind: 'public' as const } }];
    expect(pool.takeActivity(routes)).toEqual([{ id: old.id, sockets: 1, requests: 1 }, { id: fresh.id, sockets: 0, requests: 1 }, { id: 'ins_gone', sockets: 1, requests: 0 }]);
    pool.requestEnded(old.id);
    pool.requestEnded(fresh.id);
    pool.socketClosed('ins_gone');
    pool.takeActivity(routes);
    expect(pool.takeActivity([])).toEqual([]);
  });
});
