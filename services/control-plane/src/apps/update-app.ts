import { Injectable } from '@nestjs/common';
import type { AppView, UpdateApp as Changes } from '@weir/contracts';
import { Database, isUniqueViolation, type Rows, type Tx } from '@weir/database';
import { Config } from '../config.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { settleSlots } from '../instances/settle-slots.ts';
import { AppViews } from './app-views.ts';
import { CheckSettings, hostnameTaken } from './check-settings.ts';
import { settleLimits } from './limits.ts';
import { given, runColumns } from './run-settings.ts';
import { sourceColumns } from './source.ts';

/**
 * Changes an app's settings. What is not given stays.
 *
 * A hostname, and how instances are run, hold at once; the rest from the next deployment on.
 */
@Injectable()
export class UpdateApp {
  constructor(private readonly db: Database, private readonly config: Config, private readonly checkSettings: CheckSettings, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string, changes: Changes): Promise<AppView> {
    ctx.require('app.update');
    await this.checkSettings.execute(changes);
    const { hostname, source, branch, entryFile, python, limits } = changes;
    try {
      const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
        const before = await tx.apps.lock(ref);
        const data = { ...(source && sourceColumns(source)), ...given({ hostname, branch, entryFile, python }), ...runColumns(changes), ...(limits && settleLimits(limits, before, this.config.maxLimits)) };
        const after = await tx.app.update({ where: { id: before.id }, data });
        if (limits) await keepLimits(tx, before.id);
        await tx.audit(ctx, { action: 'app.update', target: before.id, details: { changed: Object.keys(changes), ...(after.hostname !== before.hostname && { hostname: after.hostname }) } });
        await bringAbout(tx, before, after);
        return after;
      });
      return await this.views.one(app);
    } catch (error) {
      throw isUniqueViolation(error) ? hostnameTaken(hostname ?? '') : error;
    }
  }
}

/** What a person sets is not set back by a rollback that has yet to go live. */
const keepLimits = (tx: Tx, app: string): Promise<number> => tx.$executeRaw`UPDATE "deployment" SET "restores" = NULL WHERE "app_id" = ${app} AND "reason" = 'rollback' AND "status" = 'starting'`;

/** Has the settings hold that hold at once. An app that sleeps or is stopped gets its replicas when it runs again. */
async function bringAbout(tx: Tx, before: Rows.App, after: Rows.App): Promise<void> {
  const { id } = after;
  tx.changes.instances();
  if (after.hostname !== before.hostname) {
    tx.changes.removed(before.hostname);
    tx.changes.route(id);
  }
  if (after.drainSeconds !== before.drainSeconds) {
    await tx.$executeRaw`
      UPDATE "instance" SET "drain_until" = "drain_until" + make_interval(secs => ${after.drainSeconds - before.drainSeconds})
      WHERE "app_id" = ${id} AND "desired" = 'draining'`;
  }
  const runs = after.releaseId !== null && after.desired === 'running' && after.sleeping === 'awake';
  if (runs && after.replicas !== before.replicas) await settleSlots(tx, after, 'fill');
}
