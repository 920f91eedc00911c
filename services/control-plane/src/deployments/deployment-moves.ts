import type { Prisma, Rows, Tx } from '@weir/database';
import { type DeploymentStatus, type Failure, PENDING_STATUSES, statusesBefore } from '@weir/domain';

/*
 * The one place that changes a deployment's status. Each move is a compare-and-set along the
 * domain's table, made with the app locked; one that changes what runs or what is routed counts it.
 */

type Change = Prisma.DeploymentUncheckedUpdateManyInput;
type Ref = Pick<Rows.Deployment, 'id' | 'appId'>;
export type Ending = 'failed' | 'cancelled' | 'superseded';

/** Keeps every other transaction from changing this app's deployments and instances until the commit. Take it first. */
export async function lockApp(tx: Tx, appId: string): Promise<Rows.App | null> {
  await tx.$queryRaw`SELECT 1 FROM "app" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
  return tx.app.findUnique({ where: { id: appId } });
}

/** @returns whether this call moved it; `false` if it was elsewhere already */
export async function move(tx: Tx, id: string, to: DeploymentStatus, change: Change = {}): Promise<boolean> {
  const { count } = await tx.deployment.updateMany({ where: { id, status: { in: statusesBefore(to) } }, data: { ...change, status: to } });
  return count === 1;
}

/**
 * Gives a build that waits, or whose worker let its lease lapse, to one worker as a new attempt.
 *
 * @returns whether this call got it
 */
export async function claim(tx: Tx, { id, attempt }: Rows.Deployment, now: Date, change: Change): Promise<boolean> {
  const { count } = await tx.deployment.updateMany({
    where: { id, attempt, OR: [{ status: { in: statusesBefore('building') } }, { status: 'building', leaseUntil: { lt: now } }] },
    data: { ...change, status: 'building', attempt: { increment: 1 } },
  });
  return count === 1;
}

/**
 * Ends deployments that are not live: their instances are stopped, whatever ran before stays.
 * Their workers learn it from the answer to their next report.
 *
 * @returns how many this call ended
 */
async function endAll(tx: Tx, deployments: readonly Ref[], to: Ending, change: Change): Promise<number> {
  const where = { id: { in: deployments.map(({ id }) => id) } };
  const { count } = await tx.deployment.updateMany({ where: { ...where, status: { in: PENDING_STATUSES } }, data: { ...change, status: to, phase: null, leaseUntil: null, finishedAt: new Date() } });
  if (count === 0) return 0;
  const stopped = await tx.instance.updateMany({ where: { deployment: { ...where, status: to }, desired: { not: 'stopped' } }, data: { desired: 'stopped' } });
  if (stopped.count > 0) tx.changes.instances();
  // A release that never went live is nothing to go back to.
  await tx.release.updateMany({ where: { liveAt: null, prunedAt: null, deployments: { some: { ...where, status: to } } }, data: { prunedAt: new Date() } });
  for (const { appId } of deployments) tx.changes.route(appId); // an app without a release shows how its newest deployment stands
  return count;
}

/** Ends one deployment. @returns whether this call ended it */
export const end = async (tx: Tx, deployment: Ref, to: Ending): Promise<boolean> => (await endAll(tx, [deployment], to, {})) === 1;

/** Ends a deployment as failed, with what a person needs to mend it. @returns whether this call ended it */
export const fail = async (tx: Tx, deployment: Ref, failure: Failure, change: Change = {}): Promise<boolean> => (await endAll(tx, [deployment], 'failed', { ...change, failure: { ...failure } })) === 1;

/** Ends whatever of an app is still on its way. @param but stays @returns what this call ended */
export async function endPending(tx: Tx, appId: string, to: Exclude<Ending, 'failed'>, but?: Prisma.DeploymentWhereInput): Promise<string[]> {
  const pending = await tx.deployment.findMany({ where: { appId, status: { in: PENDING_STATUSES }, ...(but && { NOT: but }) }, select: { id: true, appId: true } });
  await endAll(tx, pending, to, {});
  return pending.map(({ id }) => id);
}
