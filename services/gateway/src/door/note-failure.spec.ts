import { describe, expect, it } from 'vitest';
import type { RouteInstance } from '@weir/contracts';
import { createLogger } from '@weir/telemetry';
import { InstancePool } from '../instances/instance-pool.ts';
import type { Visit } from '../request/visit.ts';
import type { Forward } from '../resolution.ts';
import { parseAddress } from '../transport/address.ts';
import { ConnectTimeout } from '../transport/dialling.ts';
import type { Exchange, UpstreamFailure } from '../transport/exchange.ts';
import { noteFailure } from './note-failure.ts';

const log = createLogger({ process: 'gateway', level: 'silent' });
const [a, b]: [RouteInstance, RouteInstance] = [{ id: 'ins_a', attempt: 1, release: 'rel_1', address: '10.0.0.1:1', state: 'serving' }, { id: 'ins_b', attempt: 1, release: 'rel_1', address: '10.0.0.2:1', state: 'serving' }];
const visit: Visit = {
  facts: { method: 'GET', host: { name: 'hello.localhost', port: '' }, target: '/', path: '/', navigation: true, upgrade: false, origin: undefined, cookie: undefined },
  rawHeaders: [],
  peer: { address: '127.0.0.1', scheme: 'http' },
};
const exchange: Exchange = { to: parseAddress(a.address), target: '/', headers: [], audience: 'app', firstByteMs: undefined };
const refused = (): Error => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** Where a browser of `a` is led after a failure there. */
function afterwards(failure: UpstreamFailure, error: Error, more: Partial<Exchange> = {}): string | undefined {
  const pool = new InstancePool(() => 0);
  const route = { instances: [a, b], hostname: 'hello.localhost', app: 'app_1' as const, status: 'live' as const, policy: { kind: 'public' as const }, framework: { name: 'streamlit', version: null } };
  const forward: Forward = { kind: 'forward', exchange: { ...exchange, ...more }, destination: { route, instance: a, isNewcomer: false } };
  noteFailure({ log, pool }, visit, forward, failure, error);
  return pool.pick(route.instances, { bound: [a], document: false })?.id;
}

describe('a failure of an instance', () => {
  it('at whose address nobody listens leads its browsers elsewhere', () => {
    expect(afterwards('refused', refused())).toBe('ins_b');
  });

  it('leaves them where their sessions may live still', () => {
    expect(afterwards('refused', new ConnectTimeout())).toBe('ins_a');
    expect(afterwards('broken', new Error('closed before it answered'))).toBe('ins_a');
    expect(afterwards('timeout', new Error('no answer in time'))).toBe('ins_a');
  });

  it('is not told from one of the other that was asked as well', () => {
    expect(afterwards('refused', refused(), { elsewhere: parseAddress(b.address) })).toBe('ins_a');
  });
});
