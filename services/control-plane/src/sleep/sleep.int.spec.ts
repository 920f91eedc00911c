import type { AppView, DesiredInstance } from '@weir/contracts';
import { Database, mintId } from '@weir/database';
import { describe, expect, it } from 'vitest';
import { exited } from '../internal/testing/pretend-worker.ts';
import { openPlane } from '../testing/open-plane.ts';
import { sleepIdle } from './sleep-idle.ts';

const { plane, owner, worker } = await openPlane();

const HOUR_MS = 3_600_000;
/** Sweeps as if so much time had passed. */
const idleFor = (ms: number) => sleepIdle(plane.db, new Date(Date.now() + ms));
const read = async ({ id }: { id: string }) => (await owner.call<AppView>('GET', `/apps/${id}`)).body;
const desiredOf = async ({ id }: { id: string }) => (await plane.db.instance.findMany({ where: { appId: id }, orderBy: { id: 'asc' } })).map(({ desired }) => desired);
const use = ({ id }: AppView) => worker.reportActivity({ instances: [], used: [id as AppView['id']], cursor: 0 });
/** A live app, frozen by hand and by the worker. */
async function frozenApp(settings: Record<string, unknown> = {}): Promise<{ app: AppView; instances: DesiredInstance[] }> {
  const { app } = await worker.liveApp(owner, settings);
  await owner.call('POST', `/apps/${app.id}/sleep`, {});
  const instances = await worker.wantedOf(app, 'frozen');
  for (const each of instances) await worker.see(each, 'frozen');
  return { app, instances };
}
async function stoppedApp(settings: Record<string, unknown> = {}): Promise<AppView> {
  const { app, instance } = await worker.liveApp(owner, settings);
  await owner.call('POST', `/apps/${app.id}/sleep`, { depth: 'stopped' });
  await worker.see(instance, 'stopped');
  return app;
}

describe('an app that nobody uses', () => {
  it('is frozen first and stopped later, each time with an audit event', async () => {
    const { app } = await worker.liveApp(owner);
    expect(await idleFor(11 * HOUR_MS)).not.toContain(app.id);
    expect(await idleFor(12 * HOUR_MS)).toContain(app.id);
    expect(await read(app)).toMatchObject({ status: 'asleep', sleeping: 'frozen', desired: 'running' });
    expect(await desiredOf(app)).toEqual(['frozen']);
    expect(await idleFor(13 * HOUR_MS)).not.toContain(app.id);
    expect(await idleFor(24 * HOUR_MS)).toContain(app.id);
    expect(await read(app)).toMatchObject({ status: 'asleep', sleeping: 'stopped' });
    expect(await desiredOf(app)).toEqual(['stopped']);
    expect((await owner.audited(app.id)).filter((action) => action === 'app.sleep')).toHaveLength(2);
  });

  it("sleeps by its own app's minutes, or never", async () => {
    const [brief, never] = [await worker.liveApp(owner), await worker.liveApp(owner)];
    expect((await owner.call('PATCH', `/apps/${brief.app.id}`, { sleep: { freezeAfterMinutes: null, stopAfterMinutes: 5 } })).body).toMatchObject({ sleep: { freezeAfterMinutes: null, stopAfterMinutes: 5 } });
    await owner.call('PATCH', `/apps/${never.app.id}`, { sleep: { freezeAfterMinutes: null, stopAfterMinutes: null } });
    await idleFor(HOUR_MS);
    expect(await read(brief.app)).toMatchObject({ sleeping: 'stopped' });
    await idleFor(10_000 * HOUR_MS);
    expect(await read(never.app)).toMatchObject({ sleeping: 'awake', status: 'live' });
  });

  it('stays awake once somebody uses it', async () => {
    const { app } = await worker.liveApp(owner);
    await plane.db.appUse.update({ where: { appId: app.id }, data: { usedAt: new Date(0) } });
    await use(app);
    await worker.reportActivity({ instances: [], used: [mintId('app')], cursor: 0 }); // one that is gone is nobody's harm
    expect(await idleFor(0)).not.toContain(app.id);
  });

  it('is left alone while a deployment is on its way, and when it is stopped or has crashed', async () => {
    const [deploying, stopped, crashed] = [await worker.liveApp(owner), await worker.liveApp(owner), await worker.liveApp(owner)];
    await owner.deploy(deploying.app.id);
    await owner.call('POST', `/apps/${stopped.app.id}/stop`);
    for (let attempt = 1; attempt <= 5; attempt++) await worker.see({ id: crashed.instance.id, attempt }, 'crashed', { exit: exited });
    const asleep = await idleFor(1000 * HOUR_MS);
    for (const { app } of [deploying, stopped, crashed]) {
      expect(asleep).not.toContain(app.id);
      expect(await owner.call('POST', `/apps/${app.id}/sleep`, {})).toMatchObject({ status: 409, body: { code: 'app.cannot_sleep' } });
    }
  });

  it('keeps its route, which says that it sleeps and what is frozen', async () => {
    const { app, instances } = await frozenApp({ replicas: 2 });
    expect(await worker.routeOf(app)).toMatchObject({ status: 'asleep', instances: [{ state: 'frozen' }, { state: 'frozen' }] });
    expect(instances).toHaveLength(2);
  });
});

describe('a visit', () => {
  it('has a frozen app go on as it was, in the same instances', async () => {
    const { app, instances: [instance] } = await frozenApp();
    if (!instance) throw new Error('one instance is frozen');
    await worker.wake(app.id);
    expect(await worker.wanted(instance.id)).toMatchObject({ desired: 'running', attempt: instance.attempt });
    expect(await read(app)).toMatchObject({ sleeping: 'awake', status: 'starting' });
    await worker.see(instance, 'healthy');
    expect(await read(app)).toMatchObject({ status: 'live' });
    expect(await worker.routeOf(app)).toMatchObject({ status: 'live', instances: [{ id: instance.id, state: 'serving' }] });
    expect((await owner.audited(app.id)).slice(0, 2)).toEqual(['app.wake', 'app.sleep']);
  });

  it('starts a stopped app once, however many come at the same moment, and is one audit event', async () => {
    const app = await stoppedApp({ replicas: 2 });
    await Promise.all(Array.from({ length: 100 }, () => worker.wake(app.id)));
    expect(await worker.wantedOf(app, 'running')).toHaveLength(2);
    expect((await owner.audited(app.id)).filter((action) => action === 'app.wake')).toHaveLength(1);
  });

  it('leaves an app alone that is awake or stopped by a person, and knows no app that is not there', async () => {
    const { app } = await worker.liveApp(owner);
    await worker.wake(app.id);
    await owner.call('POST', `/apps/${app.id}/stop`);
    await worker.wake(app.id);
    expect(await read(app)).toMatchObject({ desired: 'stopped', sleeping: 'awake' });
    expect(await owner.audited(app.id)).not.toContain('app.wake');
    await expect(worker.wake(mintId('app'))).rejects.toMatchObject({ problem: { status: 404, code: 'app.not_found' } });
  });

  it('is told to a worker that waits, within the time of a few questions to the database', async () => {
    const { app, instances: [instance] } = await frozenApp();
    const { cursor } = await worker.instances(-1, 0);
    const waiting = worker.instances(cursor, 10_000);
    await worker.wake(app.id);
    expect((await waiting).instances.find(({ id }) => id === instance?.id)).toMatchObject({ desired: 'running' });
  });
});

describe('a sleeping app', () => {
  it('sleeps stopped, and has not crashed, when the engine lost what was frozen', async () => {
    const { app, instances: [first, second] } = await frozenApp({ replicas: 2 });
    if (!first || !second) throw new Error('two instances are frozen');
    await worker.see(first, 'crashed', { exit: exited });
    expect(await read(app)).toMatchObject({ sleeping: 'frozen', status: 'asleep' });
    await worker.see(second, 'stopped');
    expect(await read(app)).toMatchObject({ sleeping: 'stopped', status: 'asleep' });
    await worker.wake(app.id);
    expect(await worker.wantedOf(app, 'running')).toHaveLength(2);
  });

  it('gets the replicas that it was given meanwhile when it wakes', async () => {
    const { app } = await frozenApp();
    await owner.call('PATCH', `/apps/${app.id}`, { replicas: 3 });
    expect(await worker.wantedOf(app, 'running')).toEqual([]);
    await worker.wake(app.id);
    expect(await worker.wantedOf(app, 'running')).toHaveLength(3);
  });

  it.each(['start', 'reboot', 'wake'])('runs again when a person says %s, which counts as use', async (verb) => {
    const { app } = await frozenApp();
    await plane.db.appUse.update({ where: { appId: app.id }, data: { usedAt: new Date(0) } });
    expect(await owner.call('POST', `/apps/${app.id}/${verb}`)).toMatchObject({ status: 202, body: { sleeping: 'awake' } });
    expect(await idleFor(0)).not.toContain(app.id);
    expect(await desiredOf(app)).not.toContain('frozen');
  });

  it('is awake when its next release goes live, and what was frozen drains', async () => {
    const { app, instances: [old] } = await frozenApp();
    if (!old) throw new Error('one instance is frozen');
    const { id } = await owner.deploy(app.id);
    const next = await worker.build(id);
    expect(await read(app)).toMatchObject({ sleeping: 'frozen' });
    await worker.see(next, 'healthy');
    expect(await read(app)).toMatchObject({ sleeping: 'awake', status: 'live' });
    expect((await worker.wanted(old.id))?.desired).toBe('draining');
  });

  it('sleeps deeper when told to, and never less deep', async () => {
    const { app } = await frozenApp();
    expect((await owner.call('POST', `/apps/${app.id}/sleep`, { depth: 'stopped' })).body).toMatchObject({ sleeping: 'stopped' });
    expect((await owner.call('POST', `/apps/${app.id}/sleep`, { depth: 'frozen' })).body).toMatchObject({ sleeping: 'stopped' });
    expect(await owner.call('POST', `/apps/${app.id}/sleep`, { depth: 'awake' })).toMatchObject({ status: 422 });
  });

  it('stops for good when a person stops it', async () => {
    const { app } = await frozenApp();
    expect((await owner.call('POST', `/apps/${app.id}/stop`)).body).toMatchObject({ status: 'stopped', sleeping: 'awake' });
    expect(await owner.call('POST', `/apps/${app.id}/wake`)).toMatchObject({ status: 409, body: { code: 'app.stopped' } });
    expect(await desiredOf(app)).toEqual(['stopped']);
  });
});

describe('two control planes', () => {
  it('put an app to sleep once', async () => {
    const { app } = await worker.liveApp(owner);
    const other = new Database({ url: plane.databaseUrl, connections: 2 });
    const now = new Date(Date.now() + 12 * HOUR_MS);
    await Promise.all([sleepIdle(plane.db, now), sleepIdle(other, now)]);
    await other.$disconnect();
    expect((await owner.audited(app.id)).filter((action) => action === 'app.sleep')).toHaveLength(1);
  });
});
