import type { Tx } from '@weir/database';

/** Counts apps as used now, which keeps them awake. Ids of apps that are gone are left out. */
export async function countUse(tx: Pick<Tx, '$executeRaw'>, apps: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "app_use" ("app_id", "used_at") SELECT "id", now() FROM "app" WHERE "id" = ANY(${[...apps]}) ORDER BY "id"
    ON CONFLICT ("app_id") DO UPDATE SET "used_at" = excluded."used_at"`;
}
