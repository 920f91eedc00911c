import type { Prisma } from './generated/prisma/client.ts';

/** What worker and gateway follow; each has a cursor that counts its changes. */
export type Feed = 'instances' | 'routes';

/**
 * What a transaction changes in the feeds.
 *
 * Collected first and written once, at the end: a cursor's row stays locked until the commit, so that
 * cursors appear in the order of commits, and every transaction takes them in the same order.
 */
export class FeedChanges {
  readonly #feeds = new Set<Feed>();
  readonly #apps = new Set<string>();
  readonly #removed = new Set<string>();

  /** Something changed in what workers are told: instances, images, apps. */
  instances(): void {
    this.#feeds.add('instances');
  }

  /** Something changed in where this app's hostname leads. Call it with the app locked. */
  route(appId: string): void {
    this.#feeds.add('routes');
    this.#apps.add(appId);
  }

  /** This hostname leads nowhere any more, unless another app takes it. */
  removed(hostname: string): void {
    this.#feeds.add('routes');
    this.#removed.add(hostname);
  }

  async write(client: Prisma.TransactionClient): Promise<void> {
    if (this.#feeds.size === 0) return;
    await client.$executeRaw`
      WITH moved AS (
        INSERT INTO "cursor" ("feed", "value") SELECT feed, 1 FROM unnest(${[...this.#feeds].toSorted()}::text[]) AS feed
        ON CONFLICT ("feed") DO UPDATE SET "value" = "cursor"."value" + 1 RETURNING "feed", "value"
      ), gone AS (
        INSERT INTO "removed_route" ("hostname", "cursor", "removed_at")
        SELECT hostname, moved."value", now() FROM moved, unnest(${[...this.#removed]}::text[]) AS hostname WHERE moved."feed" = 'routes'
        ON CONFLICT ("hostname") DO UPDATE SET "cursor" = excluded."cursor", "removed_at" = excluded."removed_at"
      )
      UPDATE "app" SET "route_cursor" = moved."value" FROM moved WHERE moved."feed" = 'routes' AND "app"."id" = ANY(${[...this.#apps]}::text[])`;
  }
}
