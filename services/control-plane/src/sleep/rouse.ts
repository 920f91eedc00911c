import type { Rows, Tx } from '@weir/database';
import { settleSlots } from '../instances/settle-slots.ts';
import { countUse } from './count-use.ts';

/** Has an app run and be awake, which counts as use: frozen instances go on. Call with the app locked. */
export async function rouse(tx: Tx, { id }: Rows.App): Promise<Rows.App> {
  await tx.instance.updateMany({ where: { appId: id, desired: 'frozen' }, data: { desired: 'running' } });
  await countUse(tx, [id]);
  tx.changes.instances();
  tx.changes.route(id);
  return tx.app.update({ where: { id }, data: { desired: 'running', sleeping: 'awake' } });
}

/** Wakes an app that sleeps: what is frozen goes on, what is missing is started. Call with the app locked. */
export async function wake(tx: Tx, app: Rows.App): Promise<Rows.App> {
  const awake = await rouse(tx, app);
  await settleSlots(tx, awake, 'mend');
  return awake;
}
