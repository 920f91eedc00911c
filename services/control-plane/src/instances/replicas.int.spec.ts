import type { AppView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { exited } from '../internal/testing/pretend-worker.ts';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner, worker } = await openPlane();

const row = (id: string) => plane.db.instance.findUniqueOrThrow({ where: { id } });
const slots = async (app: AppView, desired: string) => (await plane.db.instance.findMany({ where: { appId: app.id, desired }, orderBy: { slot: 'asc' } })).map(({ slot }) => slot);
const scale = (app: AppView, replicas: number) => owner.call<AppView>('PATCH', `/apps/${app.id}`, { replicas });
const routed = async (app: AppView) => (await worker.routeOf(app))?.instances.map(({ state }) => state);

describe('a release of an app with replicas', () => {
  it('goes live when all of its instances are healthy, and then only the ones before drain', async () => {
    const { app } = await worker.liveApp(owner, { replicas: 2 });
    expect(await routed(app)).toEqual(['serving', 'serving']);
    const { id } = await owner.deploy(app.id);
    await worker.build(id);
    const [first, second] = (await worker.wantedOf(app, 'running')).slice(2);
    if (!first || !second) throw new Error('two instances are wanted');
    await worker.see(first, 'healthy');
    expect(await worker.statusOf(id)).toBe('starting');
    expect((await worker.routeOf(app))?.instances.map((each) => each.release)).not.toContain(first.release);
    await worker.see(second, 'healthy');
    expect(await worker.statusOf(id)).toBe('live');
    expect(await routed(app)).toEqual(['serving', 'serving', 'draining', 'draining']);
  });

  it('fails when one of them ends at its start, and stops the others', async () => {
    const app = await owner.app({ replicas: 3 });
    const { id } = await owner.deploy(app.id);
    const instance = await worker.build(id);
    await worker.see(instance, 'crashed', { exit: exited });
    expect(await worker.statusOf(id)).toBe('failed');
    expect(await slots(app, 'stopped')).toEqual([0, 1, 2]);
  });

  it('gets the replicas that were asked for while it started', async () => {
    const app = await owner.app();
    const { id } = await owner.deploy(app.id);
    const instance = await worker.build(id);
    await scale(app, 3);
    await worker.see(instance, 'healthy');
    expect(await slots(app, 'running')).toEqual([0, 1, 2]);
    expect((await owner.call('GET', `/apps/${app.id}`)).body).toMatchObject({ status: 'live', replicas: 3 });
  });
});

describe('scaling a live app', () => {
  it('adds the missing slots, and drains the highest', async () => {
    const { app, instance } = await worker.liveApp(owner);
    expect((await scale(app, 3)).body).toMatchObject({ replicas: 3, status: 'live' });
    expect(await slots(app, 'running')).toEqual([0, 1, 2]);
    for (const each of await worker.wantedOf(app, 'running')) await worker.see(each, 'healthy');
    expect(await routed(app)).toEqual(['serving', 'serving', 'serving']);
    await scale(app, 1);
    expect([await slots(app, 'running'), await slots(app, 'draining')]).toEqual([[0], [1, 2]]);
    expect((await worker.wanted(instance.id))?.desired).toBe('running');
  });

  it('is bounded, and changes nothing of an app that is stopped until it starts', async () => {
    const { app } = await worker.liveApp(owner);
    for (const replicas of [0, 21, 1.5]) expect(await scale(app, replicas)).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
    await owner.call('POST', `/apps/${app.id}/stop`);
    await scale(app, 2);
    expect(await slots(app, 'running')).toEqual([]);
    await owner.call('POST', `/apps/${app.id}/start`);
    expect(await slots(app, 'running')).toEqual([0, 1]);
  });
});

describe('one of several instances', () => {
  it('restarts alone when it crashes, while the others serve', async () => {
    const { app, instance } = await worker.liveApp(owner, { replicas: 2 });
    await worker.see(instance, 'crashed', { exit: exited });
    expect(await row(instance.id)).toMatchObject({ status: 'pending', restarts: 1 });
    expect(await routed(app)).toEqual(['serving']);
    expect((await owner.call('GET', `/apps/${app.id}`)).body).toMatchObject({ status: 'live' });
  });

  it('is replaced by a reboot once the fresh one of its own slot is healthy', async () => {
    const { app } = await worker.liveApp(owner, { replicas: 2 });
    await owner.call('POST', `/apps/${app.id}/reboot`);
    const [old0, old1, fresh0] = await worker.wantedOf(app, 'running');
    if (!old0 || !old1 || !fresh0) throw new Error('four instances are wanted');
    await worker.see(fresh0, 'healthy');
    const slot = (await row(fresh0.id)).slot;
    expect((await plane.db.instance.findMany({ where: { appId: app.id, desired: 'draining' } })).map((each) => each.slot)).toEqual([slot]);
    expect(await routed(app)).toEqual(['serving', 'serving', 'draining']);
  });
});

describe('an instance that drains', () => {
  it('may take as long as its app says, also when that changes meanwhile', async () => {
    const { app, instance } = await worker.liveApp(owner, { drainSeconds: 60 });
    await worker.see(await worker.build((await owner.deploy(app.id)).id), 'healthy');
    const until = async () => ((await row(instance.id)).drainUntil?.getTime() ?? 0) - Date.now();
    expect(Math.abs((await until()) - 60_000)).toBeLessThan(10_000);
    await owner.call('PATCH', `/apps/${app.id}`, { drainSeconds: 3600 });
    expect(Math.abs((await until()) - 3_600_000)).toBeLessThan(10_000);
  });
});
