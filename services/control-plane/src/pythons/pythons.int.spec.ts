import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';
import { runControlPlane } from '../testing/running-control-plane.ts';

const { plane, owner } = await openPlane();

describe('the list of Pythons', () => {
  it('is what the worker says, also of those that cannot be had', async () => {
    const { status, body } = await owner.call('GET', '/pythons');
    expect({ status, body }).toMatchObject({ status: 200, body: { items: [{ version: '3.9' }, { version: '3.10', state: 'unavailable', reason: 'nobody has it' }, { version: '3.11', state: 'ready', isDefault: true }, { version: '3.13' }] } });
  });

  it('is refused to a role that reads no apps', async () => {
    expect(await (await plane.caller('viewer', owner.workspaceId)).call('GET', '/pythons')).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
  });
});

describe('the addresses of mirrors and registries', () => {
  const told = async (role: 'developer' | 'admin') => JSON.stringify((await (await plane.caller(role, owner.workspaceId)).call('GET', '/pythons')).body);

  it('are told to those who may have a Python made, and to nobody else', async () => {
    expect(await told('admin')).toContain('http://mirror.internal:3142/debian/dists');
    const seen = await told('developer');
    expect(seen).toContain('the mirror does not answer for (its address)');
    expect(seen).not.toMatch(/internal/);
  });
});

describe('preparing a Python', () => {
  it('begins, audits, and shows what is being done', async () => {
    expect(await owner.call('POST', '/pythons/3.13/prepare')).toMatchObject({ status: 202, body: { version: '3.13', state: 'preparing', step: 'unpacking' } });
    expect(await owner.audited('3.13')).toEqual(['python.prepare']);
  });

  it.each(['3.10', '3.8'])('is refused for %s, which cannot be had, with the list', async (version) => {
    expect(await owner.call('POST', `/pythons/${version}/prepare`)).toMatchObject({ status: 422, body: { code: 'app.python_unavailable', detail: `Python ${version} is not available here. There is 3.11, 3.13.` } });
  });

  it.each(['..', '3', '3.11.4', 'latest'])('is refused for %s, which is no version', async (version) => {
    expect((await owner.call('POST', `/pythons/${encodeURIComponent(version)}/prepare`)).status).toBeOneOf([404, 422]);
  });

  it('is refused to a role that does not run the installation', async () => {
    expect(await (await plane.caller('developer', owner.workspaceId)).call('POST', '/pythons/3.13/prepare')).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
  });
});

describe("an app's Python", () => {
  it('may be one that is made on first need, and not one that cannot be had', async () => {
    const app = await owner.app({ python: '3.13' });
    expect(app.python).toBe('3.13');
    expect(await owner.call('PATCH', `/apps/${app.id}`, { python: '3.10' })).toMatchObject({ status: 422, body: { code: 'app.python_unavailable', errors: [{ field: 'python' }] } });
  });

  it('is not taken unseen while no worker has ever answered', async () => {
    const alone = await runControlPlane({ WEIR_WORKER_URL: 'http://127.0.0.1:9' });
    const source = { kind: 'builtin' };
    const caller = await alone.caller('owner');
    expect(await caller.call('POST', '/apps', { hostname: 'alone', source, python: '3.11' })).toMatchObject({ status: 503, body: { code: 'worker.unavailable' } });
    expect(await caller.call('POST', '/apps', { hostname: 'alone', source })).toMatchObject({ status: 201 });
    await alone.close();
  });
});
