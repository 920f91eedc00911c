import { mintId, type Rows, type WorkspaceTx } from '@weir/database';
import { Conflict } from '@weir/domain';

const neverLive = (): Conflict => new Conflict('app.never_live', 'This app was never live, so there is nothing to run. Deploy it first.');

/**
 * Wants one more instance of an app's live release. One that still serves is left alone: it is drained once the
 * fresh one is healthy. Those that do not serve are stopped.
 *
 * @throws Conflict `app.never_live`
 */
export async function wantFreshInstance(tx: WorkspaceTx, app: Rows.App): Promise<void> {
  const { releaseId } = app;
  if (releaseId === null) throw neverLive();
  const made = await tx.deployment.findMany({ where: { appId: app.id, releaseId }, orderBy: { id: 'desc' } });
  const deployment = made.find(({ status }) => status === 'live') ?? made[0];
  if (!deployment) throw neverLive();
  await tx.instance.updateMany({ where: { appId: app.id, releaseId, desired: 'running', status: { notIn: ['healthy', 'unhealthy'] } }, data: { desired: 'stopped' } });
  await tx.instance.create({ data: { id: mintId('instance'), appId: app.id, releaseId, deploymentId: deployment.id } });
}
