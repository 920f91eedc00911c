import { type Database, Prisma } from '@weir/database';
import { PENDING_STATUSES, type WorkspaceId } from '@weir/domain';
import { lockApp } from '../deployments/deployment-moves.ts';

const PRUNER = { kind: 'system', id: 'pruner', name: 'pruner' } as const;

/** What one app let go of. */
export interface Pruned {
  readonly app: string;
  /** Numbers of its releases. */
  readonly releases: readonly number[];
}

/** Releases beyond the newest that were live, without the live one and without what a deployment under way leads to. */
const beyond = (kept: number, app?: string): Prisma.Sql => Prisma.sql`
  SELECT "id", "app_id" FROM (
    SELECT r."id", r."app_id", row_number() OVER (PARTITION BY r."app_id" ORDER BY r."live_at" DESC) AS "age"
    FROM "release" r JOIN "app" a ON a."id" = r."app_id"
    WHERE r."pruned_at" IS NULL AND r."live_at" IS NOT NULL AND r."id" IS DISTINCT FROM a."release_id" ${app === undefined ? Prisma.empty : Prisma.sql`AND a."id" = ${app}`}
  ) AS "former"
  WHERE "age" > ${kept} AND NOT EXISTS (SELECT 1 FROM "deployment" d WHERE d."release_id" = "former"."id" AND d."status" IN (${Prisma.join(PENDING_STATUSES)}))`;

/**
 * Lets go of the images of old releases: from here on nobody can go back to them, and workers remove what the snapshot no
 * longer names. The rows stay, and the audit log says which. Each app is locked meanwhile, so that no rollback begins to what is being pruned.
 */
export async function pruneReleases(db: Database, kept: number): Promise<Pruned[]> {
  const apps = await db.$queryRaw<{ id: string }[]>`SELECT DISTINCT "app_id" AS "id" FROM (${beyond(kept)}) AS "old"`;
  const pruned: Pruned[] = [];
  for (const { id } of apps) pruned.push(await pruneApp(db, id, kept));
  return pruned.filter(({ releases }) => releases.length > 0);
}

const pruneApp = (db: Database, app: string, kept: number): Promise<Pruned> =>
  db.transaction(async (tx) => {
    const locked = await lockApp(tx, app);
    if (!locked) return { app, releases: [] }; // deleted meanwhile
    const rows = await tx.$queryRaw<{ number: number }[]>`
      UPDATE "release" SET "pruned_at" = now() FROM (${beyond(kept, app)}) AS "old" WHERE "release"."id" = "old"."id" RETURNING "release"."number"`;
    const releases = rows.map(({ number }) => number).toSorted((a, b) => a - b);
    if (releases.length === 0) return { app, releases };
    tx.changes.instances();
    await tx.audit({ workspaceId: locked.workspaceId as WorkspaceId, actor: PRUNER }, { action: 'release.prune', target: app, details: { releases, kept } });
    return { app, releases };
  });
