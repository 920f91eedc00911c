import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database } from '@weir/database';
import { Conflict } from '@weir/domain';
import type { ActorContext } from '../identity/actor-context.ts';
import { wake } from '../sleep/rouse.ts';
import { AppViews } from './app-views.ts';

/** Wakes an app that sleeps. One that is awake is left as it is. */
@Injectable()
export class WakeApp {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string): Promise<AppView> {
    ctx.require('app.operate');
    const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const before = await tx.apps.lock(ref);
      if (before.desired === 'stopped') throw new Conflict('app.stopped', 'The app is stopped. Start it instead.');
      await tx.audit(ctx, { action: 'app.wake', target: before.id });
      return before.sleeping === 'awake' ? before : wake(tx, before);
    });
    return this.views.one(app);
  }
}
