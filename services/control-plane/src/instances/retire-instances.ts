import type { Rows, Tx } from '@weir/database';

/**
 * Wants these instances no more: one that serves drains for as long as its app allows, any other is stopped.
 * Call with the app locked.
 *
 * A frozen one drains too: browsers may still hold sockets to it.
 */
export async function retireInstances(tx: Tx, { id, drainSeconds }: Rows.App, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE "instance" SET
      "desired" = CASE WHEN "status" IN ('healthy', 'unhealthy', 'frozen') THEN 'draining' ELSE 'stopped' END,
      "drain_until" = now() + make_interval(secs => ${drainSeconds})
    WHERE "id" = ANY(${[...ids]})`;
  tx.changes.instances();
  tx.changes.route(id);
}
