import { Injectable } from '@nestjs/common';
import { InstancesSnapshot } from '@weir/contracts';
import { Database, Prisma } from '@weir/database';
import type { z } from 'zod';
import { Config } from '../config.ts';
import { ChangeBus } from '../realtime/change-bus.ts';
import { longPoll } from '../realtime/long-poll.ts';
import { readCursor } from '../routes/read-cursor.ts';

type Snapshot = z.infer<typeof InstancesSnapshot>;

/** Releases of an app, besides the live one, whose images are kept for going back. */
const KEPT_RELEASES = 5;

/** Tells workers which instances are wanted, and what is garbage. */
@Injectable()
export class ReadInstances {
  constructor(private readonly db: Database, private readonly bus: ChangeBus, private readonly config: Config) {}

  /** The snapshot once its cursor is past `after`, at the latest after `waitMs`. */
  async execute({ after, waitMs }: { after: number; waitMs: number }, signal: AbortSignal): Promise<Snapshot> {
    // The cursor is read before the rows: it may lag behind them, never run ahead.
    const cursor = await longPoll(this.bus, { read: () => readCursor(this.db, 'instances'), enough: (value) => value > after, matches: ({ kind }) => kind === 'instances', waitMs, signal });
    const [instances, images, apps] = await Promise.all([this.#instances(), this.#images(), this.db.app.findMany({ select: { id: true }, orderBy: { id: 'asc' } })]);
    return InstancesSnapshot.parse({ cursor, instances, images, apps: apps.map(({ id }) => id) });
  }

  async #instances() {
    const rows = await this.db.instance.findMany({
      where: { status: { not: 'crashed' }, NOT: { desired: 'stopped', status: 'stopped' } }, // what was given up is not wanted any more
      include: { release: true, app: { include: { secretVersions: { orderBy: { version: 'desc' }, take: 1, select: { version: true } } } } },
      orderBy: { id: 'asc' },
    });
    const domain = this.config.appsDomain.replace(/:\d+$/, '');
    return rows.map(({ id, releaseId, deploymentId, desired, attempt, startAfter, release, app }) => ({
      id,
      app: app.id,
      workspace: app.workspaceId,
      release: releaseId,
      deployment: deploymentId,
      desired,
      attempt,
      image: release.image,
      uid: app.uid,
      framework: { name: release.framework, version: release.frameworkVersion },
      entryFile: release.entryFile,
      hostname: `${app.hostname}.${domain}`,
      sourceBytes: release.sourceBytes,
      limits: { memoryMib: app.memoryMib, cpus: app.cpus, pids: app.pids },
      secretsVersion: app.secretVersions[0]?.version ?? 0,
      startAfter: startAfter?.toISOString() ?? null,
    }));
  }

  /** Images and environments of the releases worth keeping: live, recent, or still run by somebody. */
  async #images(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ image: string; environment: string }[]>(Prisma.sql`
      SELECT r."image", r."environment" FROM "release" r JOIN "app" a ON a."id" = r."app_id"
      WHERE r."number" > a."last_release" - ${KEPT_RELEASES} OR r."id" = a."release_id"
         OR EXISTS (SELECT 1 FROM "instance" i WHERE i."release_id" = r."id" AND NOT (i."desired" = 'stopped' AND i."status" = 'stopped'))`);
    return [...new Set(rows.flatMap(({ image, environment }) => [image, environment]))].sort();
  }
}
