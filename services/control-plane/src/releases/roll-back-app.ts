import { Injectable } from '@nestjs/common';
import type { DeploymentView } from '@weir/contracts';
import { Database, mintId, type ReleaseRow, type Rows, WITH_RELEASE, type WorkspaceTx } from '@weir/database';
import { Config } from '../config.ts';
import type { Limits } from '@weir/domain';
import { mergeWarnings } from '../deployments/warnings.ts';
import { deploymentView } from '../deployments/deployment-view.ts';
import { endPending } from '../deployments/deployment-moves.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { addInstances } from '../instances/settle-slots.ts';
import { appendLog } from '../logs/append-log.ts';
import { findTarget } from './find-release.ts';
import { limitsOf, loweredWarnings } from './limits-of.ts';
import { HostImages } from './host-images.ts';

/**
 * Goes back to a kept release: its image, limits and secrets together. Nothing is built, so it starts at once.
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
    const { image, number } = await findTarget(this.db, await workspace.apps.get(ref), to);
    await this.images.require(image, number);
    return workspace.transaction(async (tx) => {
      const app = await tx.apps.lock(ref);
      const release = await findTarget(tx, app, to); // it may have been pruned meanwhile
      const begun = await tx.deployment.findFirst({ where: { appId: app.id, reason: 'rollback', status: 'starting', releaseId: release.id }, include: WITH_RELEASE });
      if (!begun) return deploymentView(await begin(tx, ctx, { app, release, most: this.config.maxLimits }));
      await endPending(tx, app.id, 'superseded', { id: begun.id }); // a push may have come since
      return deploymentView(begun);
    });
  }
}

async function begin(tx: WorkspaceTx, ctx: ActorContext, { app, release, most }: { readonly app: Rows.App; readonly release: ReleaseRow; readonly most: Limits }) {
  const { lastDeployment: number } = await tx.app.update({ where: { id: app.id }, data: { lastDeployment: { increment: 1 } } });
  const made = await tx.deployment.findFirst({ where: { releaseId: release.id }, orderBy: { id: 'asc' }, select: { branch: true, commitMessage: true, commitAuthor: true, plan: true } });
  const { kind: actorKind, name: actorName } = ctx.actor;
  const deployment = await tx.deployment.create({
    data: {
      id: mintId('deployment'), appId: app.id, number, actorKind, actorName, reason: 'rollback', status: 'starting', phase: 'start', releaseId: release.id, commit: release.commit,
      branch: made?.branch ?? null, commitMessage: made?.commitMessage ?? null, commitAuthor: made?.commitAuthor ?? null, ...(made?.plan && { plan: made.plan }), restores: { ...limitsOf(release, most) }, warnings: mergeWarnings([], loweredWarnings(release, most)),
    },
    include: WITH_RELEASE,
  });
  const superseded = await endPending(tx, app.id, 'superseded', { id: deployment.id });
  const { secretsVersion } = release;
  await tx.audit(ctx, { action: 'deployment.rollback', target: deployment.id, details: { app: app.id, number, release: release.number, secretsVersion, superseded } });
  await addInstances(tx, { appId: app.id, releaseId: release.id, deploymentId: deployment.id, secretsVersion }, Array.from({ length: app.replicas }, (_, slot) => slot));
  const text = `Back to release ${release.number} (commit ${release.commit.slice(0, 12)}). Nothing is built: its image is kept.`;
  await appendLog(tx, deployment.id, { writer: 'rollback', batch: 0, lines: [{ at: new Date().toISOString(), stream: 'system', text }] });
  return deployment;
}
