import { describe, expect, it } from 'vitest';
import type { Route } from '@weir/contracts';
import { parseHost } from '../request/host.ts';
import { plainPath } from '../request/plain-path.ts';
import type { RequestFacts } from '../request/request-facts.ts';
import { Router } from './router.ts';

const route: Route = { hostname: 'a.localhost', app: 'app_1', status: 'live', policy: { kind: 'public' }, framework: { name: 'streamlit', version: null }, instances: [] };
const table = (consoleHost: string | undefined) => ({ consoleHost, find: (name: string) => (name === route.hostname ? route : undefined) });
const router = new Router(table('console.localhost'), 'http');

const facts = (authority: string, target = '/', more: Partial<RequestFacts> = {}): RequestFacts => {
  const host = parseHost(authority);
  if (!host) throw new Error('not a host');
  return { method: 'GET', host, target, path: plainPath(target), navigation: true, upgrade: false, origin: undefined, cookie: undefined, ...more };
};

describe('the router', () => {
  it('finds an app by exactly its host, whatever the port', () => {
    expect(router.decide(facts('a.localhost:8080'))).toEqual({ kind: 'app', route });
    for (const other of ['a.localhost.', 'x.a.localhost', 'a.localhost.evil.test', 'localhost.a']) expect(router.decide(facts(other))).toEqual({ kind: 'page', page: 'not-found' });
  });

  it('judges an upgrade as it judges a request, and by its origin too', () => {
    const upgrade = { upgrade: true, navigation: false };
    expect(router.decide(facts('a.localhost:1', '/', { ...upgrade, origin: 'http://a.localhost:1' }))).toEqual({ kind: 'app', route });
    expect(router.decide(facts('a.localhost:1', '/', { ...upgrade, origin: 'http://a.localhost:2' }))).toEqual({ kind: 'page', page: 'foreign-origin' });
    expect(router.decide(facts('b.localhost', '/', upgrade))).toEqual({ kind: 'page', page: 'not-found' });
  });

  it('never takes an app\'s path for the platform\'s, nor the other way round', () => {
    expect(router.decide(facts('a.localhost', '/api/v1/apps'))).toEqual({ kind: 'app', route });
    expect(router.decide(facts('console.localhost', '/_stcore/metrics'))).toEqual({ kind: 'platform', service: 'console' });
    expect(router.decide(facts('console.localhost', '/apis'))).toEqual({ kind: 'platform', service: 'console' });
    expect(router.decide(facts('console.localhost', '/live?x=/api'))).toEqual({ kind: 'platform', service: 'control-plane' });
  });

  it('lets no app see what is the platform\'s: hidden endpoints and everything below /_weir', () => {
    for (const target of ['/_stcore/metrics', '/_stcore/%6detrics', '/base/_stcore//metrics/?x', '/_stcore/script-health-check']) expect(router.decide(facts('a.localhost', target))).toEqual({ kind: 'page', page: 'no-such-path' });
    for (const target of ['/_weir/tab', '/%5fweir/tab?x', '//_weir//tab/']) expect(router.decide(facts('a.localhost', target))).toEqual({ kind: 'tab', route });
    expect(router.decide(facts('a.localhost', '/_weird'))).toEqual({ kind: 'app', route });
  });

  it('knows no app before its first snapshot, yet reaches the control plane', () => {
    const early = new Router(table(undefined), 'http');
    expect(early.decide(facts('a.localhost'))).toEqual({ kind: 'page', page: 'platform-starting' });
    expect(early.decide(facts('127.0.0.1', '/api/v1/me'))).toEqual({ kind: 'platform', service: 'control-plane' });
  });
});
