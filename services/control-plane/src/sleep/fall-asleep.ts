import type { Rows, Tx } from '@weir/database';
import { Conflict, type InstanceStatus, PENDING_STATUSES, SLEEP_DEPTHS, type SleepDepth } from '@weir/domain';
import { serves } from '../instances/plan-slots.ts';

const cannotSleep = (why: string): Conflict => new Conflict('app.cannot_sleep', `${why} Only an app that runs can be put to sleep.`);

/** Why an app may not be put to sleep now; `undefined` if it may. Call with the app locked. */
export async function sleepProblem(tx: Tx, { id, desired, releaseId }: Rows.App): Promise<Conflict | undefined> {
  if (releaseId === null) return cannotSleep('This app was never live.');
  if (desired === 'stopped') return cannotSleep('This app is stopped.');
  if ((await tx.deployment.count({ where: { appId: id, status: { in: PENDING_STATUSES } } })) > 0) return cannotSleep('A deployment of this app is on its way.');
  const wanted = await wantedOf(tx, id);
  return wanted.length > 0 && wanted.every(({ status }) => status === 'crashed') ? cannotSleep('This app has crashed.') : undefined;
}

const wantedOf = (tx: Tx, appId: string) => tx.instance.findMany({ where: { appId, desired: { in: ['running', 'frozen'] } }, select: { id: true, status: true } });

/**
 * Puts an app to sleep at least so deep; one that sleeps deeper stays so. Call with the app locked.
 *
 * Only what serves can be frozen; an app of which nothing serves is stopped instead.
 *
 * @returns how deep it sleeps now
 */
export async function fallAsleep(tx: Tx, app: Rows.App, depth: Exclude<SleepDepth, 'awake'>): Promise<Rows.App> {
  if (SLEEP_DEPTHS.indexOf(app.sleeping as SleepDepth) >= SLEEP_DEPTHS.indexOf(depth)) return app;
  const wanted = await wantedOf(tx, app.id);
  const frozen = depth === 'frozen' ? wanted.filter(({ status }) => serves(status as InstanceStatus)).map(({ id }) => id) : [];
  await tx.instance.updateMany({ where: { id: { in: frozen } }, data: { desired: 'frozen' } });
  await tx.instance.updateMany({ where: { appId: app.id, desired: { in: ['running', 'frozen'] }, id: { notIn: frozen } }, data: { desired: 'stopped' } });
  tx.changes.instances();
  tx.changes.route(app.id);
  return tx.app.update({ where: { id: app.id }, data: { sleeping: frozen.length > 0 ? 'frozen' : 'stopped' } });
}
