import { Injectable } from '@nestjs/common';
import type { DesiredInstance, InstancesSnapshot } from '@weir/contracts';
import { Database } from '@weir/database';
import type { AppId } from '@weir/domain';
import { Config } from '../config.ts';
import { ChangeBus } from '../realtime/change-bus.ts';
import { longPoll } from '../realtime/long-poll.ts';
import { readCursor } from '../routes/read-cursor.ts';

type Row = Omit<DesiredInstance, 'framework' | 'limits' | 'startAfter'> & DesiredInstance['limits'] & {
  readonly framework: string;
  readonly frameworkVersion: string | null;
  readonly startAfter: Date | null;
};

/** Tells workers which instances are wanted, and what is garbage. */
@Injectable()
export class ReadInstances {
  constructor(private readonly db: Database, private readonly bus: ChangeBus, private readonly config: Config) {}

  /** The snapshot once its cursor is another than `after`, at the latest after `waitMs`: a restored database's may be lower. */
  async execute({ after, waitMs }: { after: number; waitMs: number }, signal: AbortSignal): Promise<InstancesSnapshot> {
    // The cursor is read before the rows: it may lag behind them, never run ahead.
    const cursor = await longPoll(this.bus, { read: () => readCursor(this.db, 'instances'), enough: (value) => value !== after, matches: ({ kind }) => kind === 'instances', waitMs, signal });
    const [instances, images, discarded, apps] = await Promise.all([this.#instances(), this.#images(), this.#discarded(), this.db.$queryRaw<{ id: AppId }[]>`SELECT "id" FROM "app" ORDER BY "id"`]);
    return { cursor, instances, images, discarded, apps: apps.map(({ id }) => id) };
  }

  /**
   * What was given up is not wanted any more. Until a rollback is live its instances are run as its release was, unless a person has set other limits since.
   * One question, because a visitor may wait for the answer.
   */
  async #instances(): Promise<DesiredInstance[]> {
    const rows = await this.db.$queryRaw<Row[]>`
      SELECT i."id", i."app_id" AS "app", a."workspace_id" AS "workspace", i."release_id" AS "release", i."deployment_id" AS "deployment", i."desired", i."attempt",
        r."image", a."uid", r."framework", r."framework_version" AS "frameworkVersion", r."entry_file" AS "entryFile", a."hostname", r."source_bytes" AS "sourceBytes",
        COALESCE((b."restores"->>'memoryMib')::int, a."memory_mib") AS "memoryMib", COALESCE((b."restores"->>'cpus')::float8, a."cpus") AS "cpus", COALESCE((b."restores"->>'pids')::int, a."pids") AS "pids",
        i."start_after" AS "startAfter", COALESCE(i."secrets_version", a."secrets_version") AS "secretsVersion"
      FROM "instance" i JOIN "release" r ON r."id" = i."release_id" JOIN "app" a ON a."id" = i."app_id"
        LEFT JOIN "deployment" b ON b."id" = i."deployment_id" AND b."reason" = 'rollback' AND b."status" = 'starting'
      WHERE i."status" <> 'crashed' AND NOT (i."desired" = 'stopped' AND i."status" = 'stopped') ORDER BY i."id"`;
    const domain = this.config.appsDomain.replace(/:\d+$/, '');
    return rows.map(({ framework, frameworkVersion, hostname, memoryMib, cpus, pids, startAfter, ...row }) =>
      Object.assign(row, {
        framework: { name: framework, version: frameworkVersion },
        hostname: `${hostname}.${domain}`,
        limits: { memoryMib, cpus, pids },
        startAfter: startAfter?.toISOString() ?? null,
      }));
  }

  /** Images and environments of the releases that are kept, or still run by somebody. */
  async #images(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ image: string; environment: string }[]>`
      SELECT r."image", r."environment" FROM "release" r
      WHERE r."pruned_at" IS NULL OR EXISTS (SELECT 1 FROM "instance" i WHERE i."release_id" = r."id" AND NOT (i."desired" = 'stopped' AND i."status" = 'stopped'))`;
    return [...new Set(rows.flatMap(({ image, environment }) => [image, environment]))].sort();
  }

  /** Images of releases that were given up lately. Older ones the worker finds itself, by their age. */
  async #discarded(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ image: string }[]>`
      SELECT r."image" FROM "release" r
      WHERE r."pruned_at" > now() - interval '15 minutes' AND NOT EXISTS (SELECT 1 FROM "instance" i WHERE i."release_id" = r."id" AND i."desired" <> 'stopped') ORDER BY r."image"`;
    return rows.map(({ image }) => image);
  }
}
