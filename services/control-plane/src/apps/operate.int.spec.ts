import type { AppView } from '@weir/contracts';
import { mintId } from '@weir/database';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner } = await openPlane();

/** An app whose release is live on one healthy instance. */
async function liveApp() {
  const app = await owner.app();
  const { id: deploymentId } = await owner.deploy(app.id);
  const { id: releaseId } = await plane.db.release.create({
    data: { id: mintId('release'), appId: app.id, number: 1, commit: 'a'.repeat(40), image: 'sha256:1', environment: 'e', framework: 'streamlit', entryFile: 'app.py', python: '3.11', sourceBytes: 1, memoryMib: 64, cpus: 1, pids: 16 },
  });
  await plane.db.deployment.update({ where: { id: deploymentId }, data: { status: 'live', releaseId, phase: null, liveAt: new Date() } });
  await plane.db.app.update({ where: { id: app.id }, data: { releaseId } });
  const instance = await plane.db.instance.create({ data: { id: mintId('instance'), appId: app.id, releaseId, deploymentId, status: 'healthy', address: '127.0.0.1:1' } });
  return { app, instance };
}
const instancesOf = (appId: string) => plane.db.instance.findMany({ where: { appId }, orderBy: { id: 'asc' } });

describe('rebooting', () => {
  it('wants a fresh instance and leaves the healthy one until that serves', async () => {
    const { app, instance } = await liveApp();
    expect((await owner.call<AppView>('POST', `/apps/${app.id}/reboot`)).body).toMatchObject({ status: 'live' });
    const [old, fresh] = await instancesOf(app.id);
    expect(old).toMatchObject({ id: instance.id, desired: 'running' });
    expect(fresh).toMatchObject({ desired: 'running', status: 'pending', releaseId: instance.releaseId, deploymentId: instance.deploymentId });
  });

  it('wants one fresh instance, however often it is asked', async () => {
    const { app } = await liveApp();
    await Promise.all(Array.from({ length: 4 }, () => owner.call('POST', `/apps/${app.id}/reboot`)));
    expect((await instancesOf(app.id)).filter(({ desired, status }) => desired === 'running' && status === 'pending')).toHaveLength(1);
  });
});

describe('stopping and starting', () => {
  it('stops every instance, then wants one fresh one, and only one', async () => {
    const { app } = await liveApp();
    expect((await owner.call<AppView>('POST', `/apps/${app.id}/stop`)).body).toMatchObject({ status: 'stopped' });
    expect((await instancesOf(app.id)).map(({ desired }) => desired)).toEqual(['stopped']);
    expect(await owner.call('POST', `/apps/${app.id}/reboot`)).toMatchObject({ status: 409, body: { code: 'app.stopped' } });
    for (let i = 0; i < 3; i++) expect((await owner.call<AppView>('POST', `/apps/${app.id}/start`)).body).toMatchObject({ desired: 'running', status: 'starting' });
    expect((await instancesOf(app.id)).map(({ desired }) => desired)).toEqual(['stopped', 'running']);
  });
});

describe('verbs at the same moment', () => {
  it('all end, and leave one deployment on its way at most', async () => {
    const { app } = await liveApp();
    const calls = Array.from({ length: 8 }, () => [
      owner.call('POST', `/apps/${app.id}/deployments`, {}),
      owner.call('PUT', `/apps/${app.id}/secrets`, { toml: 'a = 1' }),
      owner.call('POST', `/apps/${app.id}/reboot`),
      owner.call('PATCH', `/apps/${app.id}`, { branch: 'x' }),
      owner.app({ secrets: 'b = 2' }),
    ]).flat();
    for (const answer of await Promise.all(calls)) expect('status' in answer && typeof answer.status === 'number' ? answer.status : 201).toBeLessThan(300);
    expect(await plane.db.deployment.count({ where: { appId: app.id, status: { in: ['queued', 'building', 'starting'] } } })).toBeLessThanOrEqual(1);
  });
});
