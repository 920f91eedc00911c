import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@weir/database';
import type { Logger } from '@weir/telemetry';
import { Config } from '../config.ts';
import { LOGGER } from '../http/logger.ts';
import { pruneReleases } from '../releases/prune-releases.ts';
import { forgetRemovedHostnames } from '../routes/removed-hostnames.ts';
import { Repeating } from './repeating.ts';

const EVERY_MS = 60_000;
/** Of each app, the newest. Those that run, or that somebody may still ask about, are never counted out. */
export const KEPT_INSTANCES = 20;
export const KEPT_BUILD_LOGS = 50;

/**
 * Forgets what grows with every deployment and is of no more use: rows of instances that are gone,
 * logs of old builds, hostnames that were removed a while ago, and, of old releases, the images. Deployments,
 * releases and the audit log stay.
 */
@Injectable()
export class Pruner implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #work: Repeating;

  constructor(private readonly db: Database, private readonly config: Config, @Inject(LOGGER) private readonly log: Logger) {
    this.#work = new Repeating(EVERY_MS, () => this.prune(), (error) => this.log.warn({ err: error }, 'pruner.failed'));
  }

  onApplicationBootstrap(): void {
    this.#work.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.#work.stop();
  }

  /** One round. */
  async prune(): Promise<void> {
    const instances = await this.db.$executeRaw`
      DELETE FROM "instance" WHERE "id" IN (
        SELECT "id" FROM (
          SELECT "id", row_number() OVER (PARTITION BY "app_id" ORDER BY "id" DESC) AS "age" FROM "instance" WHERE "desired" = 'stopped' AND "status" = 'stopped'
        ) AS "gone" WHERE "age" > ${KEPT_INSTANCES})`;
    const logs = await this.db.$executeRaw`
      WITH "old" AS (
        DELETE FROM "log_head" USING "deployment" d JOIN "app" a ON a."id" = d."app_id"
        WHERE "subject" = d."id" AND d."number" <= a."last_deployment" - ${KEPT_BUILD_LOGS} AND d."finished_at" IS NOT NULL AND d."status" <> 'live' RETURNING "subject"
      ) DELETE FROM "log_line" WHERE "subject" IN (SELECT "subject" FROM "old")`;
    await forgetRemovedHostnames(this.db);
    for (const pruned of await pruneReleases(this.db, this.config.keptReleases)) this.log.info(pruned, 'releases.pruned');
    if (instances + logs > 0) this.log.info({ instances, logLines: logs }, 'pruner.pruned');
  }
}
