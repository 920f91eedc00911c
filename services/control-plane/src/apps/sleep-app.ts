import { Injectable } from '@nestjs/common';
import type { AppView } from '@weir/contracts';
import { Database } from '@weir/database';
import type { SleepDepth } from '@weir/domain';
import type { ActorContext } from '../identity/actor-context.ts';
import { fallAsleep, sleepProblem } from '../sleep/fall-asleep.ts';
import { AppViews } from './app-views.ts';

/** Puts an app to sleep without waiting for it to be idle; a visit wakes it. One that sleeps deeper stays so. */
@Injectable()
export class SleepApp {
  constructor(private readonly db: Database, private readonly views: AppViews) {}

  async execute(ctx: ActorContext, ref: string, depth: Exclude<SleepDepth, 'awake'>): Promise<AppView> {
    ctx.require('app.operate');
    const app = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const before = await tx.apps.lock(ref);
      const problem = await sleepProblem(tx, before);
      if (problem) throw problem;
      const asleep = await fallAsleep(tx, before, depth);
      await tx.audit(ctx, { action: 'app.sleep', target: before.id, details: { depth: asleep.sleeping } });
      return asleep;
    });
    return this.views.one(app);
  }
}
