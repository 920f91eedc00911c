import { mintId } from '@weir/database';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';
import { KEPT_BUILD_LOGS, KEPT_INSTANCES, Pruner } from './pruner.ts';

const { plane, owner, worker } = await openPlane();

const prune = () => plane.app.get(Pruner, { strict: false }).prune();

describe('pruning', () => {
  it('keeps the newest instances that are gone, and every one that is not', async () => {
    const { app, deployment, instance } = await worker.liveApp(owner);
    const gone = Array.from({ length: KEPT_INSTANCES + 5 }, () => mintId('instance')).toSorted();
    const ending = mintId('instance');
    const row = { appId: app.id, releaseId: instance.release, deploymentId: deployment, desired: 'stopped' };
    await plane.db.instance.createMany({ data: [...gone.map((id) => ({ ...row, id, status: 'stopped' })), { ...row, id: ending, status: 'healthy' }] });
    await prune();
    const left = (await plane.db.instance.findMany({ where: { appId: app.id } })).map(({ id }) => id);
    expect(new Set(left)).toEqual(new Set([instance.id, ending, ...gone.slice(5)]));
  });

  it('keeps the logs of the newest builds and of the live one, and none of a build under way is touched', async () => {
    const { app, deployment: live } = await worker.liveApp(owner);
    const old = mintId('deployment');
    const base = { appId: app.id, reason: 'deploy', actorKind: 'token' as const, actorName: 'owner' };
    await plane.db.app.update({ where: { id: app.id }, data: { lastDeployment: KEPT_BUILD_LOGS + 2 } });
    await plane.db.deployment.create({ data: { ...base, id: old, number: 2, status: 'failed', phase: null, finishedAt: new Date() } });
    const { id: newest } = await owner.deploy(app.id);
    for (const subject of [live, old, newest, app.id]) await worker.appendLog(subject, { batch: 1, writer: 'w', lines: [{ at: new Date().toISOString(), stream: 'stdout', text: 'x' }] } as never);
    await prune();
    const left = await plane.db.logHead.findMany({ where: { subject: { in: [live, old, newest, app.id] } } });
    expect(left.map(({ subject }) => subject).toSorted()).toEqual([live, newest, app.id].toSorted());
    expect(await plane.db.logLine.count({ where: { subject: old } })).toBe(0);
    expect((await owner.call('GET', `/deployments/${old}`)).status).toBe(200);
  });
});
