import type { Database, Feed } from '@weir/database';

/** How often a feed has changed so far. */
export async function readCursor(db: Database, feed: Feed): Promise<number> {
  return Number((await db.cursor.findUnique({ where: { feed } }))?.value ?? 0n);
}
