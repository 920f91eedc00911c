import type { AppView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner } = await openPlane();

const create = (body: unknown) => owner.call('POST', '/apps', body);
const builtin = { kind: 'builtin' } as const;

describe('creating an app', () => {
  it('works and audits', async () => {
    const { status, body } = await owner.call<AppView>('POST', '/apps', { hostname: 'sales', source: { kind: 'git', url: 'https://git.example.org/team/sales.git', branch: 'feature/größe' }, python: '3.11' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      hostname: 'sales', url: 'http://sales.localhost:8080', status: 'new', desired: 'running', release: null, deployment: null, instances: [], python: '3.11',
      source: { kind: 'git', url: 'https://git.example.org/team/sales.git', branch: 'feature/größe', entryFile: null }, limits: { memoryMib: 1024, cpus: 1, pids: 256 },
    });
    expect(await owner.audited(body.id)).toEqual(['app.create']);
    const { uid } = await plane.db.app.findUniqueOrThrow({ where: { id: body.id } });
    expect(uid).toBeGreaterThanOrEqual(10_000);
    expect(uid).toBeLessThan(60_000);
  });

  it('refuses a role that may not', async () => {
    const viewer = await plane.caller('viewer', owner.workspaceId);
    expect(await viewer.call('POST', '/apps', { hostname: 'no', source: builtin })).toMatchObject({ status: 403 });
  });

  it('gives a hostname to one app only, in whatever workspace', async () => {
    const stranger = await plane.caller('owner');
    const answers = await Promise.all([owner, stranger, owner, stranger].map((caller) => caller.call('POST', '/apps', { hostname: 'contested', source: builtin })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'app.hostname_taken' });
  });

  it.each([
    ['source.url_scheme', 'ssh://git@example.org/a.git'],
    ['source.url_scheme', 'file:///etc/passwd'],
    ['source.url_credentials', 'https://me:secret@example.org/a.git'],
    ['source.host_not_allowed', 'http://127.0.0.1:9001/a.git'],
    ['source.url_malformed', 'https://example.org/a;touch x'],
    ['source.url_malformed', '--upload-pack=touch x'],
  ])('refuses with %s the URL %s', async (code, url) => {
    expect(await create({ hostname: 'x', source: { kind: 'git', url } })).toMatchObject({ status: 422, body: { code, errors: [{ field: 'source.url' }] } });
  });

  it.each(['-x', 'a b', ';touch x', '$(x)', 'a\nb', '../x', 'x'.repeat(300), 'a\0b', 'console', 'xn--a'])('refuses the hostname %j', async (hostname) => {
    expect(await create({ hostname, source: builtin })).toMatchObject({ status: 422, body: { code: 'request.invalid', errors: [{ field: 'hostname' }] } });
  });

  it('refuses hostile branches and entry files, and takes odd but honest ones', async () => {
    for (const text of ['-x', '--upload-pack=touch x', '../x.py', 'a\nb.py', '$(x).py', 'a\0b.py']) {
      expect(await create({ hostname: 'x', source: { ...builtin, branch: text } }), text).toMatchObject({ status: 422 });
      expect(await create({ hostname: 'x', source: { ...builtin, entryFile: text } }), text).toMatchObject({ status: 422 });
    }
    expect(await create({ hostname: 'odd', source: { ...builtin, branch: '修正', entryFile: '🏠_Home.py' } })).toMatchObject({ status: 201, body: { source: { entryFile: '🏠_Home.py' } } });
  });

  it('refuses fields it does not know, at any depth, and changes nothing', async () => {
    for (const extra of [{ uid: 0 }, { workspaceId: 'x' }, { privileged: true }, { limits: { runtime: 'x' } }, { source: { ...builtin, mount: '/' } }]) {
      expect(await create({ hostname: 'unknown-fields', source: builtin, ...extra }), JSON.stringify(extra)).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
    }
    expect(await plane.db.app.count({ where: { hostname: 'unknown-fields' } })).toBe(0);
  });

  it("bounds limits and Python by the operator's settings", async () => {
    expect(await create({ hostname: 'big', source: builtin, limits: { memoryMib: 60_000 } })).toMatchObject({ status: 422, body: { code: 'limits.too_high', errors: [{ field: 'limits.memoryMib' }] } });
    expect(await create({ hostname: 'old', source: builtin, python: '3.7' })).toMatchObject({ status: 422, body: { code: 'app.python_unavailable' } });
    expect(await create({ hostname: 'small', source: builtin, limits: { memoryMib: 256, cpus: 0.5 } })).toMatchObject({ status: 201, body: { limits: { memoryMib: 256, cpus: 0.5, pids: 256 } } });
  });
});

describe('updating an app', () => {
  it('changes what is given and leaves the rest', async () => {
    const app = await owner.app({ source: { kind: 'builtin', example: 'hello', branch: 'main', entryFile: 'a.py' } });
    const { body } = await owner.call<AppView>('PATCH', `/apps/${app.id}`, { branch: null, limits: { pids: 100 } });
    expect(body).toMatchObject({ hostname: app.hostname, source: { example: 'hello', branch: null, entryFile: 'a.py' }, limits: { memoryMib: 1024, pids: 100 } });
  });

  it('says how its instances are run, from the beginning or later, each by itself', async () => {
    const app = await owner.app({ replicas: 2, drainSeconds: 30, sleep: { stopAfterMinutes: null } });
    expect(app).toMatchObject({ replicas: 2, drainSeconds: 30, sleep: { freezeAfterMinutes: 720, stopAfterMinutes: null }, sleeping: 'awake' });
    const { body } = await owner.call<AppView>('PATCH', `/apps/${app.id}`, { sleep: { freezeAfterMinutes: 5 } });
    expect(body).toMatchObject({ replicas: 2, drainSeconds: 30, sleep: { freezeAfterMinutes: 5, stopAfterMinutes: null } });
    for (const wrong of [{ sleep: { freezeAfterMinutes: 0 } }, { drainSeconds: -1 }, { sleep: { after: 1 } }]) expect(await owner.call('PATCH', `/apps/${app.id}`, wrong)).toMatchObject({ status: 422 });
  });

  it('moves to a free hostname only', async () => {
    const [app, other] = [await owner.app(), await owner.app()];
    expect(await owner.call('PATCH', `/apps/${app.id}`, { hostname: other.hostname })).toMatchObject({ status: 409, body: { code: 'app.hostname_taken' } });
    expect(await owner.call('PATCH', `/apps/${app.id}`, { hostname: `${app.hostname}-b` })).toMatchObject({ status: 200, body: { url: `http://${app.hostname}-b.localhost:8080` } });
  });
});

describe('operating an app', () => {
  it('refuses to start or reboot what was never live', async () => {
    const app = await owner.app();
    for (const verb of ['start', 'reboot']) expect(await owner.call('POST', `/apps/${app.id}/${verb}`), verb).toMatchObject({ status: 409, body: { code: 'app.never_live' } });
  });

  it('stops what runs and cancels what is on its way', async () => {
    const app = await owner.app();
    const deployment = await owner.deploy(app.id);
    expect(await owner.call('POST', `/apps/${app.id}/stop`)).toMatchObject({ status: 202, body: { desired: 'stopped', deployment: { id: deployment.id, status: 'cancelled' } } });
    await owner.deploy(app.id);
    expect((await owner.call<AppView>('GET', `/apps/${app.id}`)).body).toMatchObject({ status: 'deploying' });
  });
});

describe('deleting an app', () => {
  it('takes its deployments, logs and secrets with it, and frees its hostname', async () => {
    const app = await owner.app({ secrets: 'a = 1' });
    const deployment = await owner.deploy(app.id);
    await plane.db.logLine.create({ data: { subject: deployment.id, seq: 1, at: new Date(), stream: 'stdout', text: 'x' } });
    expect((await owner.call('DELETE', `/apps/${app.id}`)).status).toBe(204);
    expect(await plane.db.deployment.count({ where: { appId: app.id } })).toBe(0);
    expect(await plane.db.secretVersion.count({ where: { appId: app.id } })).toBe(0);
    expect(await plane.db.logLine.count({ where: { subject: deployment.id } })).toBe(0);
    expect(await create({ hostname: app.hostname, source: builtin })).toMatchObject({ status: 201 });
  });
});

describe('listing apps', () => {
  it('pages through all of them once, newest first, and shows no other workspace', async () => {
    const reader = await plane.caller('developer');
    const made = [];
    for (let i = 0; i < 5; i++) made.unshift((await reader.app()).id);
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await reader.call<{ items: AppView[]; next: string | null }>('GET', `/apps?limit=2${after}`);
      seen.push(...body.items.map(({ id }) => id));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toEqual(made);
    for (const query of ['limit=1000000000', 'limit=-1', 'limit=x', 'sort=name']) expect(await reader.call('GET', `/apps?${query}`), query).toMatchObject({ status: 422 });
  });
});
