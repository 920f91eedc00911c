import { Injectable } from '@nestjs/common';
import type { DeploymentView } from '@weir/contracts';
import { Database } from '@weir/database';
import { advance, type DeploymentStatus } from '@weir/domain';
import type { ActorContext } from '../identity/actor-context.ts';
import { end } from './deployment-moves.ts';
import { deploymentView } from './deployment-view.ts';

/** Ends a deployment that is not live yet. Cancelling it twice is not an error; once it has ended otherwise, it is. */
@Injectable()
export class CancelDeployment {
  constructor(private readonly db: Database) {}

  execute(ctx: ActorContext, { deployment: id }: { deployment: string }): Promise<DeploymentView> {
    ctx.require('deployment.cancel');
    return this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const { appId } = await tx.deployments.get(id);
      await tx.apps.lock(appId); // from here on nothing else moves it
      const before = await tx.deployments.get(id);
      advance(before.status as DeploymentStatus, 'cancelled');
      if (before.status === 'cancelled') return deploymentView(before);
      await tx.audit(ctx, { action: 'deployment.cancel', target: id, details: { app: appId } });
      await end(tx, before, 'cancelled');
      return deploymentView(await tx.deployments.get(id));
    });
  }
}
