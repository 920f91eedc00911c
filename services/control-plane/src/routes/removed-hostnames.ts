import type { Database } from '@weir/database';

/** What is known of the removals after a value of the cursor. */
export interface Removals {
  /** Whether some of them have been forgotten since. */
  readonly incomplete: boolean;
  /** Hostnames that no app has any more, nor another one since. */
  readonly hostnames: readonly string[];
}

/** Removals are remembered for a day: a gateway that was away for longer asks for everything anyway. */
const REMEMBERED = '1 day';

/** One question, so that nothing can be forgotten between its halves. */
export async function removedHostnames(db: Database, after: number): Promise<Removals> {
  const [row] = await db.$queryRaw<Removals[]>`
    SELECT c."forgotten" > ${after} AS "incomplete", ARRAY(
      SELECT "hostname" FROM "removed_route" g WHERE "cursor" > ${after} AND NOT EXISTS (SELECT 1 FROM "app" a WHERE a."hostname" = g."hostname") ORDER BY "hostname"
    ) AS "hostnames" FROM "cursor" c WHERE c."feed" = 'routes'`;
  return row ?? { incomplete: true, hostnames: [] };
}

/** Forgets removals that are older than a day, and notes up to where. */
export const forgetRemovedHostnames = (db: Database): Promise<number> => db.$executeRaw`
  WITH "gone" AS (DELETE FROM "removed_route" WHERE "removed_at" < now() - ${REMEMBERED}::interval RETURNING "cursor")
  UPDATE "cursor" SET "forgotten" = GREATEST("forgotten", (SELECT max("cursor") FROM "gone")) WHERE "feed" = 'routes' AND EXISTS (SELECT 1 FROM "gone")`;
