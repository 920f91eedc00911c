import type { Tx } from '@weir/database';
import type { BuildQueue, DeploymentId, WorkspaceId } from '@weir/domain';

/** A build that took this many workers down is not given out again; the sweeper fails it. */
export const MOST_ATTEMPTS = 3;

interface Row { readonly deployment: DeploymentId; readonly workspace: WorkspaceId; readonly turn: number; readonly running: boolean }

/** The builds of all workspaces that wait or are under way. One whose worker let its lease lapse waits again. */
export async function readBuildQueue(db: Pick<Tx, '$queryRaw'>, mostPerWorkspace: number): Promise<BuildQueue> {
  const rows = await db.$queryRaw<Row[]>`
    -- in milliseconds, as claims and their leases count time: what is finer would show a build that no claim can have
    SELECT d."id" AS deployment, w."id" AS workspace, w."last_turn" AS turn, COALESCE(d."status" = 'building' AND d."lease_until" >= date_trunc('milliseconds', now()), false) AS running
    FROM "deployment" d JOIN "app" a ON a."id" = d."app_id" JOIN "workspace" w ON w."id" = a."workspace_id"
    WHERE d."status" IN ('queued', 'building') AND (d."attempt" < ${MOST_ATTEMPTS} OR d."lease_until" >= date_trunc('milliseconds', now()))
    -- when it was asked for, and of one under way when it began
    ORDER BY d."created_at" + make_interval(secs => COALESCE((d."phases"->>'queued')::float8, 0) / 1000), d."id"`;
  return {
    waiting: rows.filter(({ running }) => !running).map(({ deployment, workspace }) => ({ deployment, workspace })),
    running: rows.filter(({ running }) => running).map(({ workspace }) => workspace),
    turns: new Map(rows.map(({ workspace, turn }) => [workspace, turn])),
    mostPerWorkspace,
  };
}
