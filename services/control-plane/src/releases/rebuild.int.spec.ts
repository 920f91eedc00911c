import type { AppView, BuildOrder, DeploymentView, ReleaseView, RollbackView } from '@weir/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { PretendWorker } from '../internal/testing/pretend-worker.ts';
import { pretendEngine } from '../testing/pretend-engine.ts';
import { runControlPlane } from '../testing/running-control-plane.ts';
import { pruneReleases } from './prune-releases.ts';

const LOCK = 'colour==1.0 --hash=sha256:00\nstreamlit==1.50.0\n';
const engine = await pretendEngine();
const plane = await runControlPlane({ WEIR_WORKER_URL: engine.url });
const owner = await plane.caller('owner');
const worker = new PretendWorker(plane);
afterAll(async () => {
  await plane.close();
  engine.close();
});

const read = async (app: AppView) => (await owner.call<AppView>('GET', `/apps/${app.id}`)).body;
const rollBack = async (app: AppView, to: string) => (await owner.call<DeploymentView>('POST', `/apps/${app.id}/rollback`, { to })).body;
const releases = async (app: AppView) => (await owner.call<{ items: ReleaseView[] }>('GET', `/apps/${app.id}/releases`)).body.items;
const statuses = async (app: AppView) => (await plane.db.deployment.findMany({ where: { appId: app.id }, orderBy: { number: 'asc' } })).map(({ reason, status }) => `${reason} ${status}`);

/** An app whose second release is live, each with a lock; `lost` is the instance of the one whose image is gone. */
async function twoReleases() {
  const { app } = await worker.liveApp(owner, { secrets: 'key = "first"' });
  const first = await worker.nextRelease(owner, app, { lock: LOCK, entryFile: 'old.py', python: '3.11' });
  await owner.call('PUT', `/apps/${app.id}/secrets`, { toml: 'key = "second"' });
  const second = await worker.nextRelease(owner, app, { lock: LOCK });
  return { app, first, second };
}

/** Claims a build and gives what was ordered. */
async function order(deployment: string): Promise<BuildOrder> {
  const given = await worker.orderOf(deployment);
  if (!given) throw new Error(`${deployment} cannot be claimed`);
  return given;
}

describe('a rollback to a release whose image was lost', () => {
  it('says so before, and builds that release again: its commit, entry file, Python and lock', async () => {
    const { app, first } = await twoReleases();
    engine.missing.add(first.instance.image);
    expect((await owner.call<RollbackView>('GET', `/apps/${app.id}/rollback?to=2`)).body.rebuilds).toBe(true);
    await owner.call('PATCH', `/apps/${app.id}`, { source: { kind: 'builtin', entryFile: 'new.py', branch: 'other' } });
    const { id, status, releaseNumber } = await rollBack(app, '2');
    expect({ status, releaseNumber }).toEqual({ status: 'queued', releaseNumber: 2 });
    expect((await rollBack(app, '2')).id).toBe(id);
    await pruneReleases(plane.db, 0);

    const ordered = await order(id);
    expect(ordered).toMatchObject({ commit: 'a'.repeat(40), python: '3.11', lock: LOCK, source: { entryFile: 'old.py', branch: 'main' }, acknowledged: { all: true } });
    await worker.reportBuild(id, worker.built(ordered.attempt, { image: 'sha256:again', environment: 'sha256:env-again', lock: LOCK }));
    const instance = await worker.instanceOf(id);
    expect(instance).toMatchObject({ image: 'sha256:again', release: first.instance.release, secretsVersion: 1 });
    await worker.see(instance, 'healthy');
    expect(await read(app)).toMatchObject({ status: 'live', release: { number: 2, state: 'live', image: 'sha256:again' } });
    expect((await releases(app)).map(({ number }) => number)).toEqual([3, 2, 1]);
    expect((await worker.instances(-1, 0)).images).toEqual(expect.arrayContaining(['sha256:again', 'sha256:env-again']));
  });

  it('changes nothing where the commit is gone, and is superseded by a push, which has the newer commit', async () => {
    const { app, first } = await twoReleases();
    engine.missing.add(first.instance.image);
    const failed = await rollBack(app, '2');
    const { attempt } = await order(failed.id);
    await worker.reportBuild(failed.id, { kind: 'failed', attempt, failure: { code: 'source.commit_not_found', phase: 'fetch', message: 'Gone.', hint: null, excerpt: null }, finished: {} });
    expect(await worker.statusOf(failed.id)).toBe('failed');
    expect(await read(app)).toMatchObject({ status: 'live', release: { number: 3 } });
    expect((await releases(app)).map(({ state }) => state)).toEqual(['live', 'kept', 'kept']);

    const { id } = await rollBack(app, '2');
    await worker.claim(id);
    await worker.nextRelease(owner, app);
    expect(await worker.statusOf(id)).toBe('superseded');
    expect(await read(app)).toMatchObject({ release: { number: 4 } });
  });
});

describe('a live release whose image was lost', () => {
  const lose = async (app: AppView) => {
    const instance = (await worker.wantedOf(app, 'running')).at(-1);
    await worker.see(instance ?? { id: '', attempt: 0 }, 'failed', { imageMissing: true, exit: { code: null, signal: null, oom: false, lastLines: [] } });
  };
  const newest = async (app: AppView) => (await plane.db.deployment.findFirstOrThrow({ where: { appId: app.id }, orderBy: { number: 'desc' } })).id;

  it('is built again by itself, once, and runs with the settings of today', async () => {
    const { app } = await twoReleases();
    await lose(app);
    await lose(app);
    expect((await statuses(app)).slice(-2)).toEqual(['deploy live', 'rebuild queued']);
    const id = await newest(app);
    expect(await owner.audited(id)).toEqual(['deployment.rebuild']);
    const { attempt, lock } = await order(id);
    expect(lock).toBe(LOCK);
    await worker.reportBuild(id, worker.built(attempt, { image: 'sha256:anew', lock: LOCK }));
    const instance = await worker.instanceOf(id);
    expect(instance).toMatchObject({ image: 'sha256:anew', secretsVersion: 2 });
    await worker.see(instance, 'healthy');
    expect(await read(app)).toMatchObject({ status: 'live', release: { number: 3, image: 'sha256:anew' }, deployment: { id, reason: 'rebuild', status: 'live' } });
    expect((await worker.wantedOf(app, 'running')).map(({ deployment }) => deployment)).toEqual([id]);
  });

  it('is not tried for ever but again after a reboot, and not while something newer is on its way', async () => {
    const { app } = await twoReleases();
    await lose(app);
    const id = await newest(app);
    const { attempt } = await order(id);
    await worker.reportBuild(id, { kind: 'failed', attempt, failure: { code: 'source.commit_not_found', phase: 'fetch', message: 'Gone.', hint: null, excerpt: null }, finished: {} });
    await lose(app);
    expect((await statuses(app)).slice(-2)).toEqual(['deploy live', 'rebuild failed']);
    await owner.call('POST', `/apps/${app.id}/reboot`);
    await lose(app);
    expect((await statuses(app)).slice(-2)).toEqual(['rebuild failed', 'rebuild queued']);
    const { id: push } = await owner.deploy(app.id);
    await lose(app);
    expect(await newest(app)).toBe(push);
  });
});
