import type { Rows, WorkspaceTx } from '@weir/database';
import { LimitReached } from '@weir/domain';

/**
 * Refuses a further build where a workspace has as many waiting as it may. Call with the app locked: what waits for that
 * app itself does not count, since the new build replaces it. Deployments of one workspace pass here one after another.
 */
export async function requireRoom(tx: WorkspaceTx, { id, workspaceId }: Rows.App, mostQueued: number): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "workspace" WHERE "id" = ${workspaceId} FOR NO KEY UPDATE`;
  const waiting = await tx.deployment.count({ where: { status: 'queued', appId: { not: id }, app: { workspaceId } } });
  if (waiting >= mostQueued) throw new LimitReached('deployment.queue_full', `This workspace has ${waiting} builds waiting, which is as many as it may have. Deploy again when some of them have begun.`);
}
