import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database } from '@weir/database';
import { Conflict } from '@weir/domain';
import type { ActorContext } from '../identity/actor-context.ts';
import { settleSlots } from '../instances/settle-slots.ts';
import { rouse } from '../sleep/rouse.ts';
import { AppViews } from './app-views.ts';

/** Replaces each of an app's instances by a fresh one of the same release. The old one serves until the one of its slot is healthy. */
@Injectable()
export class RebootApp {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string): Promise<AppView> {
    ctx.require('app.operate');
    const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const found = await tx.apps.lock(ref);
      if (found.desired === 'stopped') throw new Conflict('app.stopped', 'The app is stopped. Start it instead.');
      const awake = await rouse(tx, found);
      await settleSlots(tx, awake, 'renew');
      await tx.audit(ctx, { action: 'app.reboot', target: found.id });
      return awake;
    });
    return this.views.one(app);
  }
}
