import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database } from '@weir/database';
import type { ActorContext } from '../identity/actor-context.ts';
import { AppViews } from './app-views.ts';
import { wantFreshInstance } from './fresh-instance.ts';

/** Starts the live release of a stopped or crashed app. One that runs already is left as it is. */
@Injectable()
export class StartApp {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string): Promise<AppView> {
    ctx.require('app.operate');
    const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const before = await tx.apps.lock(ref);
      const running = await tx.instance.count({ where: { appId: before.id, releaseId: before.releaseId ?? '', desired: 'running', status: { notIn: ['crashed', 'failed', 'stopped'] } } });
      if (running === 0) await wantFreshInstance(tx, before);
      const started = await tx.app.update({ where: { id: before.id }, data: { desired: 'running' } });
      await tx.audit(ctx, { action: 'app.start', target: before.id });
      await tx.bump('instances');
      await tx.bump('routes');
      return started;
    });
    return this.views.one(app);
  }
}
