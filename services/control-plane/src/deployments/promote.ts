import type { Rows, Tx } from '@weir/database';
import { retireInstances } from '../instances/retire-instances.ts';
import { settleSlots } from '../instances/settle-slots.ts';
import { countUse } from '../sleep/count-use.ts';
import { move } from './deployment-moves.ts';

/**
 * Lets an instance that has just become healthy serve. Call with the app locked.
 *
 * Of a deployment that is starting: once all of its instances are healthy it goes live. Otherwise it
 * takes over from the older ones of its slot, which keep the sockets they have.
 */
export async function promote(tx: Tx, app: Rows.App, { deploymentId, releaseId }: Rows.Instance, now: Date): Promise<void> {
  const deployment = await tx.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  if (deployment.status === 'starting') {
    const missing = await tx.instance.count({ where: { deploymentId, desired: 'running', status: { not: 'healthy' } } });
    if (missing === 0) await goLive(tx, app, { deploymentId, releaseId, now });
    return;
  }
  tx.changes.route(app.id);
  if (releaseId === app.releaseId) await settleSlots(tx, app, 'fill');
}

/** The deployment before is superseded and its instances drain; a stopped or sleeping app runs from here on. */
async function goLive(tx: Tx, { id: appId }: Rows.App, { deploymentId, releaseId, now }: { deploymentId: string; releaseId: string; now: Date }): Promise<void> {
  if (!(await move(tx, deploymentId, 'live', { phase: 'routed', liveAt: now, finishedAt: now }))) return;
  for (const { id } of await tx.deployment.findMany({ where: { appId, status: 'live', id: { not: deploymentId } }, select: { id: true } })) await move(tx, id, 'superseded', { phase: null });
  const { number } = await tx.release.findUniqueOrThrow({ where: { id: releaseId } });
  // Never backwards: an older release that becomes healthy late does not take an app over.
  await tx.app.updateMany({ where: { id: appId, releaseNumber: { lt: number } }, data: { releaseId, releaseNumber: number } });
  const app = await tx.app.update({ where: { id: appId }, data: { desired: 'running', sleeping: 'awake' } });
  await countUse(tx, [appId]);
  tx.changes.route(appId);
  const before = await tx.instance.findMany({ where: { appId, releaseId: { not: releaseId }, desired: { in: ['running', 'frozen'] }, deployment: { status: { not: 'starting' } } }, select: { id: true } });
  await retireInstances(tx, app, before.map(({ id }) => id));
  await settleSlots(tx, app, 'fill'); // replicas may have changed while it started
}
