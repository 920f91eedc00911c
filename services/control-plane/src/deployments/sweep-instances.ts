import type { Database, Tx } from '@weir/database';
import { after } from './clock.ts';

/** A draining instance without sockets is kept this long: a tab that reloads may still fetch a file from it. */
const EMPTY_FOR_MS = 10_000;

const stop = async (tx: Tx, ids: string[]): Promise<void> => {
  const { count } = await tx.instance.updateMany({ where: { id: { in: ids }, desired: { not: 'stopped' } }, data: { desired: 'stopped' } });
  if (count === 0) return;
  await tx.bump('instances');
  await tx.bump('routes');
};

/** Stops draining instances whose limit has passed, or whose last socket is gone. */
export async function stopDrained(db: Database, now: Date, drainTimeoutMs: number): Promise<void> {
  const startedBefore = after(now, drainTimeoutMs - Math.min(EMPTY_FOR_MS, drainTimeoutMs));
  const drained = await db.instance.findMany({
    where: { desired: 'draining', OR: [{ drainUntil: null }, { drainUntil: { lte: now } }, { sockets: 0, drainUntil: { lte: startedBefore } }] },
    select: { id: true },
  });
  if (drained.length > 0) await db.transaction((tx) => stop(tx, drained.map(({ id }) => id)));
}

/** Stops instances that nothing wants: their app is stopped and not on its way back, or their deployment ended without going live. */
export async function stopOrphans(db: Database): Promise<void> {
  const orphans = await db.instance.findMany({
    where: {
      desired: { not: 'stopped' },
      OR: [{ app: { desired: 'stopped' }, deployment: { status: { not: 'starting' } } }, { deployment: { status: { in: ['failed', 'cancelled'] } } }, { deployment: { status: 'superseded', liveAt: null } }],
    },
    select: { id: true },
  });
  if (orphans.length > 0) await db.transaction((tx) => stop(tx, orphans.map(({ id }) => id)));
}
