import { Injectable } from '@nestjs/common';
import { Database } from '@weir/database';
import type { ActorContext } from '../identity/actor-context.ts';

/**
 * Deletes an app with its releases, deployments, instances, secrets and logs. A running build is stopped by the
 * answer to its next report; workers remove containers and images that the snapshot no longer names.
 */
@Injectable()
export class DeleteApp {
  constructor(private readonly db: Database) {}

  async execute(ctx: ActorContext, ref: string): Promise<void> {
    ctx.require('app.delete');
    await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const app = await tx.apps.lock(ref);
      const deployments = await tx.deployment.findMany({ where: { appId: app.id }, select: { id: true } });
      const subject = { in: [app.id, ...deployments.map(({ id }) => id)] };
      await tx.logLine.deleteMany({ where: { subject } });
      await tx.logHead.deleteMany({ where: { subject } });
      await tx.app.delete({ where: { id: app.id } });
      await tx.audit(ctx, { action: 'app.delete', target: app.id, details: { hostname: app.hostname } });
      tx.changes.instances();
      tx.changes.removed(app.hostname);
    });
  }
}
