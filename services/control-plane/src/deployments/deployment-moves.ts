import type { Prisma, Rows, Tx } from '@weir/database';
import { type DeploymentStatus, type Failure, PENDING_STATUSES, statusesBefore } from '@weir/domain';

type Change = Prisma.DeploymentUncheckedUpdateManyInput;
export type Ending = 'failed' | 'cancelled' | 'superseded';

/** Keeps every other transaction from changing this app's deployments and instances until the commit. Take it first. */
export async function lockApp(tx: Tx, appId: string): Promise<Rows.App | null> {
  await tx.$queryRaw`SELECT 1 FROM "app" WHERE "id" = ${appId} FOR UPDATE`;
  return tx.app.findUnique({ where: { id: appId } });
}

/**
 * Moves a deployment by compare-and-set along the domain's table.
 *
 * @param fence what else must hold, such as the attempt that a report belongs to
 * @returns whether this call moved it; `false` if it was elsewhere already
 */
export async function move(tx: Tx, id: string, to: DeploymentStatus, change: Change = {}, fence: Prisma.DeploymentWhereInput = {}): Promise<boolean> {
  const { count } = await tx.deployment.updateMany({ where: { ...fence, id, status: { in: statusesBefore(to) } }, data: { ...change, status: to } });
  return count === 1;
}

/**
 * Ends a deployment that is not live: its instances are stopped, whatever ran before stays.
 *
 * @returns whether this call ended it
 */
export async function end(tx: Tx, id: string, to: Ending, change: Change = {}): Promise<boolean> {
  const finishing = { ...change, phase: null, leaseUntil: null, finishedAt: new Date() };
  if (!(await move(tx, id, to, finishing, { status: { in: [...PENDING_STATUSES] }, AND: { status: { in: statusesBefore(to) } } }))) return false;
  const { count } = await tx.instance.updateMany({ where: { deploymentId: id, desired: { not: 'stopped' } }, data: { desired: 'stopped' } });
  if (count > 0) await tx.bump('instances');
  await tx.bump('routes'); // an app without a release shows how its newest deployment stands
  return true;
}

/** Ends a deployment as failed, with what a person needs to mend it. */
export const fail = (tx: Tx, id: string, failure: Failure, change: Change = {}): Promise<boolean> => end(tx, id, 'failed', { ...change, failure: { ...failure } });
