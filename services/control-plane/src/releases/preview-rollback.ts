import { Injectable } from '@nestjs/common';
import type { RollbackView } from '@weir/contracts';
import { Database, WITH_DEPLOYMENTS } from '@weir/database';
import { type DeploymentId, PENDING_STATUSES } from '@weir/domain';
import { releaseView } from '../apps/release-view.ts';
import { Config } from '../config.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { namesIn } from '../secrets/secret-names.ts';
import { lockChanges, secretChanges, settingChanges } from './compare-releases.ts';
import { findTarget } from './find-release.ts';
import { limitsOf } from './limits-of.ts';
import { HostImages } from './host-images.ts';

const MOST_UNDONE = 20;

/** Says what a rollback would change, before anybody asks for it. Of secrets it names names, never values. */
@Injectable()
export class PreviewRollback {
  constructor(private readonly db: Database, private readonly images: HostImages, private readonly config: Config) {}

  async execute(ctx: ActorContext, { app: ref, to }: { app: string; to?: string | undefined }): Promise<RollbackView> {
    ctx.require('secret.read');
    const app = await this.db.in(ctx.workspaceId).apps.get(ref);
    const target = await findTarget(this.db, app, to);
    const rebuilds = await this.images.mustBuild(target);
    const live = await this.db.release.findUniqueOrThrow({ where: { id: app.releaseId ?? '' }, include: WITH_DEPLOYMENTS });
    const [undone, pending, now, then] = await Promise.all([
      this.db.release.findMany({ where: { appId: app.id, number: { gt: target.number, lte: live.number }, liveAt: { not: null } }, orderBy: { number: 'desc' }, take: MOST_UNDONE, include: WITH_DEPLOYMENTS }),
      this.db.deployment.findMany({ where: { appId: app.id, status: { in: PENDING_STATUSES } }, select: { id: true } }),
      namesIn(this.db, app.id, app.secretsVersion),
      namesIn(this.db, app.id, target.secretsVersion),
    ]);
    return {
      from: releaseView(live, app.releaseId),
      to: releaseView(target, app.releaseId),
      undone: undone.map(({ number, commit, deployments: [made] }) => ({ number, commit, message: made?.commitMessage ?? null, author: made?.commitAuthor ?? null })),
      packages: lockChanges(live, target),
      settings: settingChanges(app, live, { ...target, ...limitsOf(target, this.config.maxLimits) }),
      secrets: secretChanges(now, then),
      rebuilds,
      supersedes: pending.map(({ id }) => id as DeploymentId),
    };
  }
}
