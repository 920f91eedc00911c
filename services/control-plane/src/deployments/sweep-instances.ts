import type { Database, Prisma } from '@weir/database';
import { lockApp } from './deployment-moves.ts';

/** A draining instance without sockets is kept this long, in seconds: a tab may come back to its session, or fetch a file from it. */
const EMPTY_FOR_SECONDS = 10;

interface Found {
  readonly id: string;
  readonly appId: string;
}

/** Stops these instances if they are still as they were found. One transaction an app, so that no app waits for another. */
async function stop(db: Database, found: readonly Found[], still: Prisma.InstanceWhereInput): Promise<void> {
  for (const [appId, instances] of Map.groupBy(found, (each) => each.appId)) {
    await db.transaction(async (tx) => {
      if (!(await lockApp(tx, appId))) return;
      const { count } = await tx.instance.updateMany({ where: { AND: [still, { id: { in: instances.map(({ id }) => id) } }] }, data: { desired: 'stopped' } });
      if (count === 0) return;
      tx.changes.instances();
      tx.changes.route(appId);
    });
  }
}

/** Stops draining instances whose limit has passed, or that had no socket for a while. */
export async function stopDrained(db: Database, now: Date): Promise<void> {
  const drained = await db.$queryRaw<Found[]>`
    SELECT i."id", i."app_id" AS "appId" FROM "instance" i JOIN "app" a ON a."id" = i."app_id"
    WHERE i."desired" = 'draining' AND (i."drain_until" IS NULL OR i."drain_until" <= ${now}
      OR i."sockets" = 0 AND GREATEST(i."sockets_at", i."drain_until" - make_interval(secs => a."drain_seconds")) <= ${now}::timestamptz - make_interval(secs => ${EMPTY_FOR_SECONDS}))`;
  await stop(db, drained, { desired: 'draining' });
}

/** Their app is stopped and not on its way back, or their deployment ended without going live. */
const ORPHANED: Prisma.InstanceWhereInput = {
  desired: { not: 'stopped' },
  OR: [{ app: { desired: 'stopped' }, deployment: { status: { not: 'starting' } } }, { deployment: { status: { in: ['failed', 'cancelled'] } } }, { deployment: { status: 'superseded', liveAt: null } }],
};

/** Stops instances that nothing wants. */
export async function stopOrphans(db: Database): Promise<void> {
  await stop(db, await db.instance.findMany({ where: ORPHANED, select: { id: true, appId: true } }), ORPHANED);
}
