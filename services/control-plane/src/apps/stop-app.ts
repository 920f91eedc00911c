import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database } from '@weir/database';
import { endPending } from '../deployments/deployment-moves.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { AppViews } from './app-views.ts';

/** Stops an app until it is started or deployed again. A deployment on its way is cancelled. */
@Injectable()
export class StopApp {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string): Promise<AppView> {
    ctx.require('app.operate');
    const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const { id } = await tx.apps.lock(ref);
      await tx.instance.updateMany({ where: { appId: id, desired: { not: 'stopped' } }, data: { desired: 'stopped' } });
      const stopped = await tx.app.update({ where: { id }, data: { desired: 'stopped', sleeping: 'awake' } });
      await tx.audit(ctx, { action: 'app.stop', target: id });
      await endPending(tx, id, 'cancelled');
      tx.changes.instances();
      tx.changes.route(id);
      return stopped;
    });
    return this.views.one(app);
  }
}
