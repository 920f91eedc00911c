import { type Endpoint, endpoints } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner } = await openPlane();

const raw = (path: string, init: RequestInit = {}) => fetch(`${plane.baseUrl}${path}`, init);

describe('the public API', () => {
  it.each(Object.entries<Endpoint>(endpoints))('has a handler for %s that asks who is there', async (_, { method, path, public: open }) => {
    const response = await raw(`/api/v1${path.replace(/:\w+/g, 'x')}`, { method });
    expect(response.status).toBe(open ? 422 : 401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('x-request-id')).toBe(((await response.json()) as { requestId: string }).requestId);
  });

  it('is described for machines and for people, without anything from elsewhere', async () => {
    expect(await (await raw('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
    const page = await (await raw('/api/docs')).text();
    expect(page).toContain('Deploy the newest commit');
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(/);
  });

  it('tells nothing of its inside, whatever it is sent', async () => {
    const headers = { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' };
    const answers = await Promise.all([
      raw('/api/v1/nothing', { headers }),
      raw('/api/v1/apps', { method: 'POST', headers, body: '{"a":' }),
      raw('/api/v1/apps', { method: 'POST', headers, body: JSON.stringify({ hostname: 'x'.repeat(1_100_000) }) }),
      raw('/api/v1/apps', { method: 'POST', headers, body: `${'['.repeat(5000)}${']'.repeat(5000)}` }),
      raw('/api/v1/apps', { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: 'x' }),
      raw('/api/v1/apps', { method: 'POST', headers, body: '{"__proto__":{"role":"owner"},"hostname":"x"}' }),
      raw('/api/v1/apps/%00', { headers }),
      raw('/api/v1/apps/%ff', { headers }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 400, 413, 422, 422, 422, 422, 400]);
    for (const answer of answers) {
      const text = await answer.text();
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(text).not.toMatch(/node_modules|\.ts|prisma|SELECT|at .*:\d+:\d+/i);
    }
    expect(answers[0]?.headers.get('x-powered-by')).toBeNull();
  });
});

describe('a POST with an idempotency key', () => {
  const key = (value: string) => ({ 'idempotency-key': value });

  it('is done once and answered alike', async () => {
    const body = { hostname: 'once', source: { kind: 'builtin' } };
    const first = await owner.call('POST', '/apps', body, key('k1'));
    const second = await owner.call('POST', '/apps', body, key('k1'));
    expect(first.status).toBe(201);
    expect({ status: second.status, body: second.body }).toEqual({ status: 201, body: first.body });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
  });

  it('is done once when it is sent many times at the same moment', async () => {
    const app = await owner.app();
    const answers = await Promise.all(Array.from({ length: 6 }, () => owner.call('POST', `/apps/${app.id}/deployments`, {}, key('k2'))));
    expect(await plane.db.deployment.count({ where: { appId: app.id } })).toBe(1);
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
  });

  it('cannot be another request, and may be mended after a refusal', async () => {
    const app = await owner.app();
    expect((await owner.call('POST', `/apps/${app.id}/start`, undefined, key('k3'))).status).toBe(409);
    expect((await owner.call('POST', `/apps/${app.id}/stop`, undefined, key('k3'))).status).toBe(202);
    expect(await owner.call('POST', `/apps/${app.id}/deployments`, {}, key('k3'))).toMatchObject({ status: 422, body: { code: 'idempotency.key_reused' } });
    expect(await owner.call('POST', `/apps/${app.id}/stop`, undefined, key('a b'))).toMatchObject({ status: 422, body: { code: 'idempotency.key_malformed' } });
  });

  it("is not another workspace's", async () => {
    const stranger = await plane.caller('owner');
    await owner.call('POST', '/apps', { hostname: 'mine-k4', source: { kind: 'builtin' } }, key('k4'));
    expect(await stranger.call('POST', '/apps', { hostname: 'theirs-k4', source: { kind: 'builtin' } }, key('k4'))).toMatchObject({ status: 201, body: { hostname: 'theirs-k4' } });
  });
});
