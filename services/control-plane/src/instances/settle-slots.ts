import { mintId, type Rows, type Tx } from '@weir/database';
import { Conflict, type InstanceStatus } from '@weir/domain';
import { planSlots, type SlotAsk } from './plan-slots.ts';
import { retireInstances } from './retire-instances.ts';

const neverLive = (): Conflict => new Conflict('app.never_live', 'This app was never live, so there is nothing to run. Deploy it first.');

/**
 * Brings the instances of an app's live release in line with its replicas. Call with the app locked.
 *
 * @throws Conflict `app.never_live`
 */
export async function settleSlots(tx: Tx, app: Rows.App, ask: SlotAsk): Promise<void> {
  const { id: appId, releaseId } = app;
  if (releaseId === null) throw neverLive();
  const wanted = await tx.instance.findMany({ where: { appId, releaseId, desired: { in: ['running', 'frozen'] } }, select: { id: true, slot: true, status: true } });
  const { add, retire } = planSlots(wanted.map(({ id, slot, status }) => ({ id, slot, status: status as InstanceStatus })), app.replicas, ask);
  await retireInstances(tx, app, retire);
  if (add.length > 0) await addInstances(tx, { appId, releaseId, deploymentId: await deploymentOf(tx, appId, releaseId) }, add);
}

/** Wants an instance in each of these slots. */
export async function addInstances(tx: Tx, of: { readonly appId: string; readonly releaseId: string; readonly deploymentId: string; readonly secretsVersion?: number }, slots: readonly number[]): Promise<void> {
  await tx.instance.createMany({ data: slots.map((slot) => ({ ...of, slot, id: mintId('instance') })) });
  tx.changes.instances();
  tx.changes.route(of.appId);
}

/** The deployment that made a release live; the newest of several. */
async function deploymentOf(tx: Tx, appId: string, releaseId: string): Promise<string> {
  const made = await tx.deployment.findMany({ where: { appId, releaseId }, orderBy: { id: 'desc' }, select: { id: true, status: true } });
  const deployment = made.find(({ status }) => status === 'live') ?? made[0];
  if (!deployment) throw neverLive();
  return deployment.id;
}
