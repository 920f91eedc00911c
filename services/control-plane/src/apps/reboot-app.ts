import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database } from '@weir/database';
import { Conflict } from '@weir/domain';
import type { ActorContext } from '../identity/actor-context.ts';
import { AppViews } from './app-views.ts';
import { wantFreshInstance } from './fresh-instance.ts';

/** Replaces an app's instance by a fresh one of the same release. The old one serves until the new one is healthy. */
@Injectable()
export class RebootApp {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string): Promise<AppView> {
    ctx.require('app.operate');
    const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const found = await tx.apps.lock(ref);
      if (found.desired === 'stopped') throw new Conflict('app.stopped', 'The app is stopped. Start it instead.');
      await wantFreshInstance(tx, found);
      await tx.audit(ctx, { action: 'app.reboot', target: found.id });
      await tx.bump('instances');
      await tx.bump('routes');
      return found;
    });
    return this.views.one(app);
  }
}
