import { Injectable } from '@nestjs/common';
import type { DeploymentView } from '@weir/contracts';
import { Database } from '@weir/database';
import { advance, type DeploymentStatus, statusesBefore } from '@weir/domain';
import type { ActorContext } from '../identity/actor-context.ts';
import { deploymentView } from './deployment-view.ts';

/** Ends a deployment that is not live yet. Cancelling it twice is not an error; once it has ended otherwise, it is. */
@Injectable()
export class CancelDeployment {
  constructor(private readonly db: Database) {}

  execute(ctx: ActorContext, { deployment: id }: { deployment: string }): Promise<DeploymentView> {
    ctx.require('deployment.cancel');
    return this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const { appId } = await tx.deployments.get(id);
      await tx.apps.lock(appId);
      const before = await tx.deployments.get(id);
      advance(before.status as DeploymentStatus, 'cancelled');
      if (before.status === 'cancelled') return deploymentView(before);
      const { count } = await tx.deployment.updateMany({
        where: { id, status: { in: statusesBefore('cancelled') } },
        data: { status: 'cancelled', phase: null, leaseUntil: null, finishedAt: new Date() },
      });
      const after = await tx.deployments.get(id);
      if (count === 0) advance(after.status as DeploymentStatus, 'cancelled'); // it went live or failed meanwhile
      const { count: stopped } = await tx.instance.updateMany({ where: { deploymentId: id, desired: { not: 'stopped' } }, data: { desired: 'stopped' } });
      await tx.audit(ctx, { action: 'deployment.cancel', target: id, details: { app: appId } });
      if (stopped > 0) await tx.bump('instances');
      return deploymentView(after);
    });
  }
}
