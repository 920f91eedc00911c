import type { Tx } from '@weir/database';
import { type DeploymentStatus, PENDING_STATUSES } from '@weir/domain';

/**
 * Ends the deployments of an app that are still on their way, and stops what they started.
 * Their workers learn it from the answer to their next report.
 *
 * @returns how many were ended; the caller bumps `instances` then
 */
export async function endPending(tx: Tx, appId: string, as: Extract<DeploymentStatus, 'superseded' | 'cancelled'>): Promise<number> {
  const pending = await tx.deployment.findMany({ where: { appId, status: { in: PENDING_STATUSES } }, select: { id: true } });
  const ids = pending.map(({ id }) => id);
  // Compare and set: one that went live meanwhile keeps its status and its instances.
  const { count } = await tx.deployment.updateMany({ where: { id: { in: ids }, status: { in: PENDING_STATUSES } }, data: { status: as, phase: null, leaseUntil: null, finishedAt: new Date() } });
  await tx.instance.updateMany({ where: { deployment: { id: { in: ids }, status: as }, desired: { not: 'stopped' } }, data: { desired: 'stopped' } });
  return count;
}
