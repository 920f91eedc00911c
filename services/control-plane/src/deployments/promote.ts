import type { Rows, Tx } from '@weir/database';
import { retireInstances } from '../instances/retire-instances.ts';
import { settleSlots } from '../instances/settle-slots.ts';
import { restoreSettings } from '../releases/restore-settings.ts';
import { countUse } from '../sleep/count-use.ts';
import { endPending, move } from './deployment-moves.ts';

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
    if (missing === 0) await goLive(tx, app, { deployment, releaseId, now });
    return;
  }
  tx.changes.route(app.id);
  if (releaseId === app.releaseId) await settleSlots(tx, app, 'fill');
}

/** The deployment before is superseded and its instances drain; a stopped or sleeping app runs from here on. */
async function goLive(tx: Tx, before: Rows.App, { deployment, releaseId, now }: { deployment: Rows.Deployment; releaseId: string; now: Date }): Promise<void> {
  const { id: deploymentId, appId } = deployment;
  if (!(await move(tx, deploymentId, 'live', { phase: 'routed', liveAt: now, finishedAt: now }))) return;
  for (const { id } of await tx.deployment.findMany({ where: { appId, status: 'live', id: { not: deploymentId } }, select: { id: true } })) await move(tx, id, 'superseded', { phase: null });
  // Never backwards: an older deployment that becomes healthy late does not take an app over.
  await endPending(tx, appId, 'superseded', { number: { gt: deployment.number } });
  await tx.release.update({ where: { id: releaseId }, data: { liveAt: now } });
  const restored = deployment.reason === 'rollback' ? await restoreSettings(tx, before, deployment) : {};
  const app = await tx.app.update({ where: { id: appId }, data: { ...restored, releaseId, desired: 'running', sleeping: 'awake' } });
  await countUse(tx, [appId]);
  tx.changes.route(appId);
  const replaced = await tx.instance.findMany({ where: { appId, releaseId: { not: releaseId }, desired: { in: ['running', 'frozen'] }, deployment: { status: { not: 'starting' } } }, select: { id: true } });
  await retireInstances(tx, app, replaced.map(({ id }) => id));
  await settleSlots(tx, app, 'fill'); // replicas may have changed while it started
}
