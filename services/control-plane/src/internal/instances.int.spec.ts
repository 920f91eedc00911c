import { describe, expect, it } from 'vitest';
import { Sweeper } from '../deployments/sweeper.ts';
import { openPlane } from '../testing/open-plane.ts';
import { exited } from './testing/pretend-worker.ts';

const { plane, owner, worker } = await openPlane();

const sweep = () => plane.app.get(Sweeper, { strict: false }).sweep(true);
const row = (id: string) => plane.db.instance.findUniqueOrThrow({ where: { id } });
const deploymentRow = (id: string) => plane.db.deployment.findUniqueOrThrow({ where: { id } });

describe('an instance that becomes healthy', () => {
  it('takes the route over, supersedes the deployment before, and lets the old instance drain', async () => {
    const before = await worker.liveApp(owner);
    const { id } = await owner.deploy(before.app.id);
    const next = await worker.build(id);
    expect((await worker.routeOf(before.app))?.instances).toMatchObject([{ id: before.instance.id, state: 'serving' }]);
    for (let i = 0; i < 2; i++) await worker.see(next, 'healthy', { phases: { start: 270, healthy: 620 } });
    expect((await worker.routeOf(before.app))?.instances).toMatchObject([{ id: next.id, state: 'serving' }, { id: before.instance.id, state: 'draining' }]);
    expect([await worker.statusOf(before.deployment), await worker.statusOf(id)]).toEqual(['superseded', 'live']);
    expect((await deploymentRow(id)).phases).toMatchObject({ start: 270, healthy: 620 });
    expect((await owner.call('GET', `/apps/${before.app.id}`)).body).toMatchObject({ status: 'live', release: { number: 2, current: true } });
  });

  it('ends the phase `routed` once the gateway has its route in force', async () => {
    const { app, deployment } = await worker.liveApp(owner);
    const { routeCursor } = await plane.db.app.findUniqueOrThrow({ where: { id: app.id } });
    await worker.reportActivity({ instances: [], used: [], cursor: Number(routeCursor) - 1 });
    expect((await deploymentRow(deployment)).phases).not.toHaveProperty('routed');
    await worker.reportActivity({ instances: [], used: [], cursor: Number(routeCursor) });
    expect(await deploymentRow(deployment)).toMatchObject({ phase: null, phases: { routed: expect.any(Number) } });
  });

  it('after a reboot, drains the instance of the same release', async () => {
    const { app, instance, deployment } = await worker.liveApp(owner);
    await owner.call('POST', `/apps/${app.id}/reboot`);
    const fresh = (await worker.instances(-1, 0)).instances.find((each) => each.app === app.id && each.id !== instance.id);
    if (!fresh) throw new Error('no fresh instance is wanted');
    await worker.see(fresh, 'healthy');
    expect((await worker.wanted(instance.id))?.desired).toBe('draining');
    expect(await worker.statusOf(deployment)).toBe('live');
  });
});

describe('a drained instance', () => {
  it('is stopped when its last socket closed a while ago', async () => {
    const { app, instance } = await worker.liveApp(owner);
    const ago = (data: { drainUntil?: Date; socketsAt?: Date }) => plane.db.instance.update({ where: { id: instance.id }, data });
    await worker.see(await worker.build((await owner.deploy(app.id)).id), 'healthy');
    await worker.reportActivity({ instances: [{ id: instance.id, sockets: 2, requests: 1 }], used: [], cursor: 0 });
    await ago({ drainUntil: new Date(Date.now() + 900_000 - 11_000) });
    await sweep();
    expect((await row(instance.id)).desired).toBe('draining');
    await worker.reportActivity({ instances: [{ id: instance.id, sockets: 0, requests: 0 }], used: [], cursor: 0 });
    await sweep();
    expect((await row(instance.id)).desired, 'a tab may come back').toBe('draining');
    await ago({ socketsAt: new Date(Date.now() - 11_000) });
    await sweep();
    expect((await row(instance.id)).desired).toBe('stopped');
    await worker.see(instance, 'stopped');
    expect(await row(instance.id)).toMatchObject({ status: 'stopped', address: null });
    expect(await worker.wanted(instance.id)).toBeUndefined();
    expect((await worker.routeOf(app))?.instances).toHaveLength(1);
  });

  it('is stopped at its limit, whatever sockets it has', async () => {
    const { app, instance } = await worker.liveApp(owner, { drainSeconds: 0 });
    await worker.reportActivity({ instances: [{ id: instance.id, sockets: 9, requests: 1 }], used: [], cursor: 0 });
    await worker.see(await worker.build((await owner.deploy(app.id)).id), 'healthy');
    await sweep();
    expect((await row(instance.id)).desired).toBe('stopped');
  });
});

describe('an app that ends while it starts', () => {
  it('fails its deployment with its last lines; the release before keeps serving', async () => {
    const { app, deployment, instance: old } = await worker.liveApp(owner);
    const { id } = await owner.deploy(app.id);
    const next = await worker.build(id);
    await worker.see(next, 'crashed', { exit: exited });
    expect(await deploymentRow(id)).toMatchObject({ status: 'failed', failure: { code: 'app.exited', excerpt: 'Traceback\nModuleNotFoundError: pandas' } });
    expect(await worker.statusOf(deployment)).toBe('live');
    expect((await worker.routeOf(app))?.instances).toMatchObject([{ id: old.id, state: 'serving' }]);
    expect((await worker.wanted(next.id))?.desired).toBe('stopped');
    await worker.see(next, 'stopped');
    expect(await worker.wanted(next.id)).toBeUndefined();
  });

  it('fails when nothing was heard of it until its limit', async () => {
    const app = await owner.app();
    const { id } = await owner.deploy(app.id);
    const instance = await worker.build(id);
    await sweep();
    expect(await worker.statusOf(id)).toBe('starting');
    await plane.db.instance.update({ where: { id: instance.id }, data: { createdAt: new Date(Date.now() - 151_000) } });
    await sweep();
    expect(await deploymentRow(id)).toMatchObject({ status: 'failed', failure: { code: 'app.start_timeout' } });
  });
});

describe('a live app that crashes', () => {
  it('starts again after longer and longer waits, and is given up with its reason at the fifth time', async () => {
    const { app, instance } = await worker.liveApp(owner);
    const waits: number[] = [];
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    await worker.appendLog(app.id, { writer: 'w', batch: 0, lines: [{ at: at(-3_600_000), stream: 'stdout', text: 'of a release before' }, { at: at(1000), stream: 'stderr', text: '\u001b[31mreading all\u001b[0m' }] });
    for (let attempt = 1; attempt <= 5; attempt++) {
      const reportedAt = Date.now();
      await worker.see({ id: instance.id, attempt }, 'crashed', { exit: { ...exited, oom: attempt === 5 } });
      const wanted = await worker.wanted(instance.id);
      if (wanted?.startAfter) waits.push(Math.round((Date.parse(wanted.startAfter) - reportedAt) / 1000));
    }
    expect(waits).toEqual([1, 2, 4, 8]);
    expect(await worker.wanted(instance.id)).toBeUndefined();
    expect((await owner.call('GET', `/apps/${app.id}`)).body).toMatchObject({ status: 'crashed', statusReason: expect.stringContaining('memory'), lastWords: 'reading all' });
    expect((await owner.call<{ items: unknown[] }>('GET', '/apps')).body.items).toContainEqual(expect.objectContaining({ id: app.id, lastWords: 'reading all' }));
    expect(await worker.routeOf(app)).toMatchObject({ status: 'crashed', instances: [] });
  });

  it('is said to have stopped answering when that is why it was ended, and not to have started slowly', async () => {
    const { app, instance } = await worker.liveApp(owner);
    await worker.see(instance, 'crashed', { exit: { code: null, signal: null, oom: false, lastLines: [], unansweredMs: 65_800 } });
    const reason = 'The app stopped answering its health checks, and was ended after 66 s without an answer.';
    expect((await owner.call('GET', `/apps/${app.id}`)).body).toMatchObject({ status: 'starting', statusReason: reason });
    expect(await plane.db.logLine.findMany({ where: { subject: app.id } })).toMatchObject([{ stream: 'system', text: `${reason} It starts again in 1 s.` }]);
    await worker.see({ id: instance.id, attempt: 2 }, 'failed', { exit: { code: null, signal: null, oom: false, lastLines: [], unansweredMs: 120_000 } });
    expect((await owner.call('GET', `/apps/${app.id}`)).body).toMatchObject({ statusReason: 'The app did not become healthy in time.' });
  });

  it('counts one crash once, however often it is reported', async () => {
    const { instance } = await worker.liveApp(owner);
    await worker.see(instance, 'crashed', { exit: exited });
    await expect(worker.see(instance, 'crashed', { exit: exited })).rejects.toMatchObject({ problem: { status: 409, code: 'instance.report_void' } });
    expect(await row(instance.id)).toMatchObject({ restarts: 1, attempt: 2 });
    expect(await plane.db.logLine.findMany({ where: { subject: instance.app } })).toMatchObject([{ stream: 'system', text: 'The app ended with exit code 1. It starts again in 1 s.' }]);
  });
});

describe('the secrets of an app', () => {
  it('are opened for an instance that is wanted, and for no other', async () => {
    const { app, instance } = await worker.liveApp(owner);
    await owner.call('PUT', `/apps/${app.id}/secrets`, { toml: 'key = "canary"\n[db]\nhost = "h"' });
    expect(await worker.instanceSecrets(instance.id)).toMatchObject({ version: 1, environment: { key: 'canary' }, toml: expect.stringContaining('host') });
    expect((await worker.wanted(instance.id))?.secretsVersion).toBe(1);
    await owner.call('POST', `/apps/${app.id}/stop`);
    await expect(worker.instanceSecrets(instance.id)).rejects.toMatchObject({ problem: { status: 404 } });
  });
});

describe('a feed', () => {
  it('answers as soon as something changes, and waits while nothing does', async () => {
    const { cursor } = await worker.routes(-1, 0);
    const waiting = worker.routes(cursor, 20_000);
    const startedAt = performance.now();
    await owner.app();
    expect((await waiting).cursor).toBeGreaterThan(cursor);
    expect(performance.now() - startedAt).toBeLessThan(1900); // woken, not found by the second look
    const { cursor: now } = await worker.instances(-1, 0);
    expect((await worker.instances(now, 50)).cursor).toBe(now);
  });
});
