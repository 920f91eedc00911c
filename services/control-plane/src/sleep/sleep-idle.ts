import type { Database, Tx } from '@weir/database';
import { sleepDepth, type WorkspaceId } from '@weir/domain';
import { lockApp } from '../deployments/deployment-moves.ts';
import { fallAsleep, sleepProblem } from './fall-asleep.ts';

const SWEEPER = { kind: 'system', id: 'sweeper', name: 'sweeper' } as const;

/** In one sweep, so that builds that wait for it do not wait long. */
const AT_ONCE = 50;

/** Puts to sleep what nobody has used for as long as its app's policy says. @returns the apps that sleep deeper now */
export async function sleepIdle(db: Database, now: Date): Promise<string[]> {
  const idle = await db.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "app" a JOIN "app_use" u ON u."app_id" = a."id"
    WHERE a."desired" = 'running' AND a."release_id" IS NOT NULL
      AND u."used_at" <= ${now}::timestamptz - make_interval(mins => CASE a."sleeping" WHEN 'awake' THEN LEAST(a."freeze_after", a."stop_after") WHEN 'frozen' THEN a."stop_after" END)
      AND EXISTS (SELECT 1 FROM "instance" i WHERE i."app_id" = a."id" AND i."desired" IN ('running', 'frozen') AND i."status" <> 'crashed')
    ORDER BY u."used_at" LIMIT ${AT_ONCE}`;
  const asleep: string[] = [];
  for (const { id } of idle) if (await db.transaction((tx) => putToSleep(tx, id, now))) asleep.push(id);
  return asleep;
}

/** Judges again with the app locked: it may have been used, stopped or deployed meanwhile. */
async function putToSleep(tx: Tx, id: string, now: Date): Promise<boolean> {
  const app = await lockApp(tx, id);
  const use = app && (await tx.appUse.findUnique({ where: { appId: id } }));
  if (!use) return false;
  const depth = sleepDepth({ freezeAfterMinutes: app.freezeAfter, stopAfterMinutes: app.stopAfter }, now.getTime() - use.usedAt.getTime());
  if (depth === 'awake' || (await sleepProblem(tx, app))) return false;
  const { sleeping } = await fallAsleep(tx, app, depth);
  if (sleeping === app.sleeping) return false;
  await tx.audit({ workspaceId: app.workspaceId as WorkspaceId, actor: SWEEPER }, { action: 'app.sleep', target: id, details: { depth: sleeping, unusedSince: use.usedAt.toISOString() } });
  return true;
}
