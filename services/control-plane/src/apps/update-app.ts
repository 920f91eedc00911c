import { Injectable } from '@nestjs/common';
import type { AppView, UpdateApp as Changes } from '@weir/contracts';
import { Database, isUniqueViolation } from '@weir/database';
import { Config } from '../config.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { AppViews } from './app-views.ts';
import { checkSettings, hostnameTaken } from './check-settings.ts';
import { settleLimits } from './limits.ts';
import { sourceColumns } from './source.ts';

const given = <T extends object>(values: T): Partial<T> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Changes an app's settings. What is not given stays. A new hostname holds at once; the rest from the next deployment on. */
@Injectable()
export class UpdateApp {
  constructor(private readonly db: Database, private readonly config: Config, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string, changes: Changes): Promise<AppView> {
    ctx.require('app.update');
    checkSettings(changes, this.config);
    const { hostname, source, branch, entryFile, python, limits } = changes;
    try {
      const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
        const before = await tx.apps.lock(ref);
        const data = { ...(source && sourceColumns(source)), ...given({ hostname, branch, entryFile, python }), ...(limits && settleLimits(limits, before, this.config.maxLimits)) };
        const after = await tx.app.update({ where: { id: before.id }, data: data as Parameters<typeof tx.app.update>[0]['data'] });
        await tx.audit(ctx, { action: 'app.update', target: before.id, details: { changed: Object.keys(changes), ...(after.hostname !== before.hostname && { hostname: after.hostname }) } });
        await tx.bump('instances');
        if (after.hostname !== before.hostname) await tx.bump('routes');
        return after;
      });
      return await this.views.one(app);
    } catch (error) {
      throw isUniqueViolation(error) ? hostnameTaken(hostname ?? '') : error;
    }
  }
}
