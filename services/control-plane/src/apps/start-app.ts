import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database } from '@weir/database';
import type { ActorContext } from '../identity/actor-context.ts';
import { wake } from '../sleep/rouse.ts';
import { AppViews } from './app-views.ts';

/** Starts the live release of an app that is stopped, has crashed or sleeps. What runs already is left as it is. */
@Injectable()
export class StartApp {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string): Promise<AppView> {
    ctx.require('app.operate');
    const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const before = await tx.apps.lock(ref);
      const started = await wake(tx, before);
      await tx.audit(ctx, { action: 'app.start', target: before.id });
      return started;
    });
    return this.views.one(app);
  }
}
