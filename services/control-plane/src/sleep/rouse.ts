import type { Rows, Tx } from '@weir/database';
import { settleSlots } from '../instances/settle-slots.ts';

/**
 * Has an app run and be awake, which counts as use: frozen instances go on. Call with the app locked.
 *
 * One statement, because a visitor waits for it.
 */
export async function rouse(tx: Tx, app: Rows.App): Promise<Rows.App> {
  await tx.$executeRaw`
    WITH thawed AS (UPDATE "instance" SET "desired" = 'running' WHERE "app_id" = ${app.id} AND "desired" = 'frozen'),
    used AS (INSERT INTO "app_use" ("app_id", "used_at") VALUES (${app.id}, now()) ON CONFLICT ("app_id") DO UPDATE SET "used_at" = excluded."used_at")
    UPDATE "app" SET "desired" = 'running', "sleeping" = 'awake', "updated_at" = now() WHERE "id" = ${app.id}`;
  tx.changes.instances();
  tx.changes.route(app.id);
  return { ...app, desired: 'running', sleeping: 'awake' };
}

/** Wakes an app that sleeps: what is frozen goes on, what is missing is started. Call with the app locked. */
export async function wake(tx: Tx, app: Rows.App): Promise<Rows.App> {
  const awake = await rouse(tx, app);
  await settleSlots(tx, awake, 'mend');
  return awake;
}
