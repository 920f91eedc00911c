import { Injectable } from '@nestjs/common';
import type { DeploymentView } from '@weir/contracts';
import { Database, type ReleaseRow, type Rows, WITH_RELEASE, type WorkspaceTx } from '@weir/database';
import { type Limits, PENDING_STATUSES } from '@weir/domain';
import { Config } from '../config.ts';
import { mergeWarnings } from '../deployments/warnings.ts';
import { deploymentView } from '../deployments/deployment-view.ts';
import { endPending } from '../deployments/deployment-moves.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { addInstances } from '../instances/settle-slots.ts';
import { findTarget } from './find-release.ts';
import { limitsOf, loweredWarnings } from './limits-of.ts';
import { HostImages } from './host-images.ts';
import { bringBack } from './rebuild-release.ts';

/**
 * Goes back to a kept release: its image, limits and secrets together. Nothing is built, so it starts at once; only where
 * its image was lost it is built again, just as it was.
 *
 * A rollback wins: what is on its way is superseded. Asked again while it starts, it is the same deployment.
 * The release that is live stays until the other is healthy, and if that never comes, for good.
 */
@Injectable()
export class RollBackApp {
  constructor(private readonly db: Database, private readonly images: HostImages, private readonly config: Config) {}

  async execute(ctx: ActorContext, { app: ref, to }: { app: string; to?: string | undefined }): Promise<DeploymentView> {
    ctx.require('deployment.create');
    const workspace = this.db.in(ctx.workspaceId);
    const build = await this.images.mustBuild(await findTarget(this.db, await workspace.apps.get(ref), to));
    return workspace.transaction(async (tx) => {
      const app = await tx.apps.lock(ref);
      const release = await findTarget(tx, app, to); // it may have been pruned meanwhile
      const begun = await tx.deployment.findFirst({ where: { appId: app.id, reason: 'rollback', status: { in: PENDING_STATUSES }, releaseId: release.id }, include: WITH_RELEASE });
      if (!begun) return deploymentView(await begin(tx, ctx, { app, release, most: this.config.maxLimits }, build));
      await endPending(tx, app.id, 'superseded', { id: begun.id }); // a push may have come since
      return deploymentView(begun);
    });
  }
}

async function begin(tx: WorkspaceTx, ctx: ActorContext, to: { readonly app: Rows.App; readonly release: ReleaseRow; readonly most: Limits }, build: boolean) {
  const { app, release, most } = to;
  const { id } = await bringBack(tx, ctx, to, { reason: 'rollback', build });
  const deployment = await tx.deployment.update({ where: { id }, data: { restores: { ...limitsOf(release, most) }, warnings: mergeWarnings([], loweredWarnings(release, most)) }, include: WITH_RELEASE });
  const superseded = await endPending(tx, app.id, 'superseded', { id: deployment.id });
  const { secretsVersion } = release;
  await tx.audit(ctx, { action: 'deployment.rollback', target: deployment.id, details: { app: app.id, number: deployment.number, release: release.number, secretsVersion, superseded, ...(build && { build }) } });
  if (!build) await addInstances(tx, { appId: app.id, releaseId: release.id, deploymentId: deployment.id, secretsVersion }, Array.from({ length: app.replicas }, (_, slot) => slot));
  return deployment;
}
