import type { AppView, DeploymentView, ReleaseView, RollbackView } from '@weir/contracts';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { exited, PretendWorker } from '../internal/testing/pretend-worker.ts';
import { pretendEngine } from '../testing/pretend-engine.ts';
import { runControlPlane } from '../testing/running-control-plane.ts';

const engine = await pretendEngine();
const plane = await runControlPlane({ WEIR_WORKER_URL: engine.url });
const owner = await plane.caller('owner');
const worker = new PretendWorker(plane);
afterAll(async () => {
  await plane.close();
  engine.close();
});

const read = async (app: AppView) => (await owner.call<AppView>('GET', `/apps/${app.id}`)).body;
const rollBack = <T = DeploymentView>(app: AppView, to?: string) => owner.call<T>('POST', `/apps/${app.id}/rollback`, { ...(to !== undefined && { to }) });
const look = async (app: AppView, to = '') => (await owner.call<RollbackView>('GET', `/apps/${app.id}/rollback${to && `?to=${to}`}`)).body;
const releases = async (app: AppView) => (await owner.call<{ items: ReleaseView[] }>('GET', `/apps/${app.id}/releases`)).body.items;
const setSecrets = (app: AppView, toml: string) => owner.call('PUT', `/apps/${app.id}/secrets`, { toml });

/** An app whose second release is live. */
async function twoReleases(settings: Record<string, unknown> = {}) {
  const first = await worker.liveApp(owner, settings);
  return { app: first.app, first, second: await worker.nextRelease(owner, first.app) };
}

describe('a rollback', () => {
  it('starts an old release at once, without a build, and is a deployment of its own', async () => {
    const { app, first, second } = await twoReleases();
    const { status, body } = await rollBack(app, '1');
    expect(status).toBe(202);
    expect(body).toMatchObject({ reason: 'rollback', status: 'starting', number: 3, releaseNumber: 1, commit: 'a'.repeat(40), commitAuthor: 'Ada', actor: { name: 'owner' }, phase: 'start' });
    expect(await owner.audited(body.id)).toEqual(['deployment.rollback']);
    const instance = await worker.instanceOf(body.id);
    expect(instance).toMatchObject({ image: first.instance.image, release: first.instance.release });
    expect((await read(app)).release?.number).toBe(2);

    await worker.see(instance, 'healthy');
    expect(await read(app)).toMatchObject({ status: 'live', release: { number: 1, state: 'live' }, deployment: { id: body.id, status: 'live' } });
    expect((await worker.routeOf(app))?.instances).toMatchObject([{ state: 'serving', id: instance.id }, { state: 'draining', id: second.instance.id }, { state: 'draining', id: first.instance.id }]);
    expect((await owner.call<{ lines: { text: string }[] }>('GET', `/apps/${app.id}/logs?kind=build&deployment=${body.id}`)).body.lines[0]?.text).toContain('Back to release 1');
  });

  it('takes the release before the present one when none is named, and there and back again', async () => {
    const { app } = await twoReleases();
    for (const number of [1, 2, 1]) {
      const { body } = await rollBack(app);
      expect(body.releaseNumber).toBe(number);
      await worker.see(await worker.instanceOf(body.id), 'healthy');
    }
    expect((await releases(app)).map(({ number, state }) => [number, state])).toEqual([[2, 'kept'], [1, 'live']]);
  });

  it('is followed by pushes as ever', async () => {
    const { app } = await twoReleases();
    await worker.see(await worker.instanceOf((await rollBack(app, '1')).body.id), 'healthy');
    await worker.nextRelease(owner, app);
    expect(await read(app)).toMatchObject({ status: 'live', release: { number: 3 } });
  });

  it('leaves what is live when the old release does not start', async () => {
    const { app, second } = await twoReleases();
    await setSecrets(app, 'a = 1');
    const { body } = await rollBack(app, '1');
    await worker.see(await worker.instanceOf(body.id), 'crashed', { exit: exited });
    expect(await worker.statusOf(body.id)).toBe('failed');
    expect(await read(app)).toMatchObject({ status: 'live', release: { number: 2 } });
    expect(await worker.wanted(second.instance.id)).toMatchObject({ desired: 'running', secretsVersion: 1 });
    expect((await releases(app)).map(({ state }) => state)).toEqual(['live', 'kept']);
  });

  it('works on a stopped app, which then runs', async () => {
    const { app } = await twoReleases();
    await owner.call('POST', `/apps/${app.id}/stop`);
    await worker.see(await worker.instanceOf((await rollBack(app)).body.id), 'healthy');
    expect(await read(app)).toMatchObject({ desired: 'running', status: 'live', release: { number: 1 } });
  });
});

describe('a rollback and what else is on its way', () => {
  it('wins over a build, whose worker is told to stop', async () => {
    const { app } = await twoReleases();
    const { id: push } = await owner.deploy(app.id);
    const attempt = await worker.claim(push);
    await rollBack(app, '1');
    expect(await worker.statusOf(push)).toBe('superseded');
    expect(await worker.reportBuild(push, worker.built(attempt))).toEqual({ stop: true });
  });

  it('goes live before a push that came while it started', async () => {
    const { app } = await twoReleases();
    const { body } = await rollBack(app, '1');
    const { id: push } = await owner.deploy(app.id);
    await worker.see(await worker.instanceOf(body.id), 'healthy');
    expect(await read(app)).toMatchObject({ release: { number: 1 } });
    await worker.see(await worker.build(push), 'healthy');
    expect(await read(app)).toMatchObject({ release: { number: 3 }, deployment: { id: push, status: 'live' } });
  });

  it('never takes over from a newer deployment that was faster', async () => {
    const { app } = await twoReleases();
    const { body } = await rollBack(app, '1');
    const slow = await worker.instanceOf(body.id);
    await worker.nextRelease(owner, app);
    expect(await worker.statusOf(body.id)).toBe('superseded');
    await worker.see(slow, 'healthy');
    expect(await read(app)).toMatchObject({ release: { number: 3 } });
    expect((await worker.routeOf(app))?.instances.some(({ id }) => id === slow.id)).toBe(false);
  });

  it('asked for many times at once is one deployment', async () => {
    const { app } = await twoReleases();
    const answers = await Promise.all(Array.from({ length: 5 }, () => rollBack(app, '1')));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await owner.audited(answers[0]?.body.id ?? '')).toEqual(['deployment.rollback']);
  });

  it('to two releases at once ends in exactly one of them', async () => {
    const { app } = await twoReleases();
    await worker.nextRelease(owner, app);
    const [one, two] = await Promise.all([rollBack(app, '1'), rollBack(app, '2')]);
    const statuses = await Promise.all([one, two].map(({ body }) => worker.statusOf(body.id)));
    expect(statuses.toSorted()).toEqual(['starting', 'superseded']);
    const winner = [one, two][statuses.indexOf('starting')];
    await worker.see(await worker.instanceOf(winner?.body.id ?? ''), 'healthy');
    expect((await read(app)).release?.number).toBe(winner?.body.releaseNumber);
  });
});

describe('what a rollback restores', () => {
  const settled = async () => {
    const first = await worker.liveApp(owner, { secrets: 'key = "first"\nonly_first = 1', limits: { memoryMib: 256 } });
    const { app } = first;
    await setSecrets(app, 'key = "second"\nonly_second = 2');
    await owner.call('PATCH', `/apps/${app.id}`, { limits: { memoryMib: 512 } });
    return { app, first, second: await worker.nextRelease(owner, app) };
  };
  const key = async (id: string) => (await worker.instanceSecrets(id as never)).environment['key'];

  it('is image, limits and secrets together, and what it replaces keeps its own', async () => {
    const { app, first, second } = await settled();
    const { body } = await rollBack(app, '1');
    const instance = await worker.instanceOf(body.id);
    expect(instance).toMatchObject({ image: first.instance.image, limits: { memoryMib: 256 }, secretsVersion: 1 });
    expect(await key(instance.id)).toBe('first');
    expect(await key(second.instance.id)).toBe('second');
    expect((await read(app)).limits.memoryMib).toBe(512);

    await worker.see(instance, 'healthy');
    expect((await read(app)).limits.memoryMib).toBe(256);
    expect((await owner.call('GET', `/apps/${app.id}/secrets`)).body).toMatchObject({ version: 1, items: [{ name: 'key', version: 1 }, { name: 'only_first' }] });
    expect([await key(instance.id), await key(second.instance.id)]).toEqual(['first', 'second']);
    expect(await worker.wanted(second.instance.id)).toMatchObject({ desired: 'draining', secretsVersion: 2 });
  });

  it('gives way to secrets that a person set while it started', async () => {
    const { app, second } = await settled();
    const instance = await worker.instanceOf((await rollBack(app, '1')).body.id);
    expect((await setSecrets(app, 'key = "third"')).body).toMatchObject({ version: 3 });
    await worker.see(instance, 'healthy');
    for (const { id } of [instance, second.instance]) expect(await key(id)).toBe('third');
  });

  it('gives way to limits that a person set while it started', async () => {
    const { app } = await settled();
    const instance = await worker.instanceOf((await rollBack(app, '1')).body.id);
    await owner.call('PATCH', `/apps/${app.id}`, { limits: { memoryMib: 768 } });
    await worker.see(instance, 'healthy');
    expect(await read(app)).toMatchObject({ release: { number: 1 }, limits: { memoryMib: 768 } });
  });

  it('is never more than the operator allows by now, and that is shown and said', async () => {
    const { app } = await settled();
    await plane.db.release.updateMany({ where: { appId: app.id, number: 1 }, data: { memoryMib: 1_000_000, cpus: 64 } });
    expect((await look(app, '1')).settings).toEqual([{ name: 'memoryMib', from: '512', to: '4096' }, { name: 'cpus', from: '1', to: '4' }]);
    const { body } = await rollBack(app, '1');
    expect(body.warnings).toMatchObject([{ code: 'limits.lowered', message: 'Release 1 had more than is allowed here now, and is run with less: 1000000 MiB of memory (now 4096), 64 processors (now 4).' }]);
    const instance = await worker.instanceOf(body.id);
    expect(instance.limits).toMatchObject({ memoryMib: 4096, cpus: 4 });
    await worker.see(instance, 'healthy');
    expect((await read(app)).limits).toMatchObject({ memoryMib: 4096, cpus: 4 });
  });

  it('is shown before: commits, packages, settings, and secrets by name alone', async () => {
    const first = await worker.liveApp(owner, { secrets: 'key = "canary-1"\ngone = "canary-2"', limits: { memoryMib: 256 } });
    const { app } = first;
    const second = await worker.nextRelease(owner, app, { environment: 'sha256:two', lock: 'pandas==2.2.0\nstreamlit==1.40.0', entryFile: 'main.py' });
    await setSecrets(app, 'key = "canary-3"\nadded = 1');
    await owner.call('PATCH', `/apps/${app.id}`, { limits: { memoryMib: 512 } });
    await plane.db.release.updateMany({ where: { appId: app.id, number: 1 }, data: { lock: 'pandas==2.3.0\naltair==5.0.0' } });
    const { id: push } = await owner.deploy(app.id);
    const shown = await look(app);
    expect(shown).toMatchObject({
      from: { number: 2, id: second.instance.release }, to: { number: 1, id: first.instance.release },
      undone: [{ number: 2, commit: 'a'.repeat(40), message: 'Change', author: 'Ada' }],
      packages: [{ name: 'altair', from: null, to: '5.0.0' }, { name: 'pandas', from: '2.2.0', to: '2.3.0' }, { name: 'streamlit', from: '1.40.0', to: null }],
      settings: [{ name: 'entryFile', from: 'main.py', to: 'app.py' }, { name: 'memoryMib', from: '512', to: '256' }],
      secrets: [{ name: 'added', change: 'removed' }, { name: 'gone', change: 'restored' }, { name: 'key', change: 'changed' }],
      supersedes: [push],
    });
    expect(JSON.stringify(shown)).not.toContain('canary');
    expect((await releases(app)).length).toBe(2);
  });
});

describe('a rollback is refused, and nothing happens,', () => {
  /** The codes of a rollback and of a look at it, and whether all is as before. */
  const refusal = async (app: AppView, to?: string) => {
    const before = await read(app);
    const codes = [(await rollBack<{ code: string }>(app, to)).body.code, (await owner.call<{ code: string }>('GET', `/apps/${app.id}/rollback${to === undefined ? '' : `?to=${to}`}`)).body.code];
    return [...codes, isDeepStrictEqual(await read(app), before)];
  };
  const refused = (code: string) => [code, code, true];

  it('to the live release', async () => {
    const { app, second } = await twoReleases();
    for (const to of ['2', second.instance.release, second.deployment]) expect(await refusal(app, to)).toEqual(refused('release.live'));
  });

  it('to one that is not kept or never was live', async () => {
    const { app } = await twoReleases();
    await plane.db.release.updateMany({ where: { appId: app.id, number: 1 }, data: { prunedAt: new Date() } });
    expect(await refusal(app, '1')).toEqual(refused('release.not_kept'));
    expect(await refusal(app)).toEqual(refused('release.none_before'));
    const { id } = await owner.deploy(app.id);
    await worker.see(await worker.build(id), 'crashed', { exit: exited });
    expect(await refusal(app, '3')).toEqual(refused('release.not_kept'));
    expect((await releases(app)).map(({ number, state }) => [number, state])).toEqual([[3, 'pruned'], [2, 'live'], [1, 'pruned']]);
  });

  it('to one whose image the engine has lost, and of which nobody knows what was installed', async () => {
    const { app, first } = await twoReleases();
    engine.missing.add(first.instance.image);
    expect(await refusal(app, '1')).toEqual(refused('release.image_missing'));
  });

  it('to one that is not there, is another app’s, or has no possible name', async () => {
    const { app } = await twoReleases();
    const other = await twoReleases();
    for (const to of ['7', other.first.instance.release, other.first.deployment]) expect(await refusal(app, to)).toEqual(refused('release.not_found'));
    expect(await rollBack(app, 'latest')).toMatchObject({ status: 422 });
  });

  it('where there is nothing before', async () => {
    const { app } = await worker.liveApp(owner);
    expect(await refusal(app)).toEqual(refused('release.none_before'));
    expect(await refusal(await owner.app())).toEqual(refused('release.none_before'));
  });
});

describe('what was installed for a release', () => {
  it('is told as text and by package', async () => {
    const { app } = await worker.liveApp(owner);
    await worker.nextRelease(owner, app, { lock: 'pandas==2.2.0\n' });
    expect((await owner.call('GET', `/apps/${app.id}/releases/2/lock`)).body).toMatchObject({ lock: 'pandas==2.2.0\n', packages: [{ name: 'pandas', version: '2.2.0' }] });
    expect((await owner.call('GET', `/apps/${app.id}/releases/1/lock`)).body).toMatchObject({ lock: null, packages: [] });
    expect(await owner.call('GET', `/apps/${app.id}/releases/3/lock`)).toMatchObject({ status: 404, body: { code: 'release.not_found' } });
  });
});
