import { Injectable } from '@nestjs/common';
import type { DeploymentView } from '@weir/contracts';
import { Database, mintId, type Tx, WITH_RELEASE } from '@weir/database';
import { Invalid, NotFound, SECRET_COMMITTED } from '@weir/domain';
import { Config } from '../config.ts';
import type { ActorContext } from '../identity/actor-context.ts';
import { endPending } from './deployment-moves.ts';
import { DeploymentViews } from './deployment-views.ts';
import { requireRoom } from './require-room.ts';

export interface DeployAppInput {
  /** Id or hostname. */
  readonly app: string;
  /** Of the built-in remote only: exactly this commit. Otherwise the branch's newest, resolved by the build. */
  readonly commit?: string | undefined;
  readonly reason: DeploymentView['reason'];
  /** Deploys though credentials are committed: those of `commit`; without one, those that the newest stopped deployment found, and where none was stopped, all that this one finds. */
  readonly acknowledgeSecrets?: boolean;
  /** The stopped deployment whose credentials were seen: these pass. */
  readonly acknowledges?: string | undefined;
}

/**
 * Accepts a new deployment of an app. The build happens later, in a worker.
 *
 * Older deployments that are not live yet are superseded, so that an older commit never goes live last. Only a
 * rollback that starts goes on: it is live in seconds, and whoever asked for it does not wait for a build.
 * A stopped app runs again once its new release is healthy; if that never comes, it stays stopped.
 */
@Injectable()
export class DeployApp {
  constructor(private readonly db: Database, private readonly config: Config, private readonly views: DeploymentViews) {}

  async execute(ctx: ActorContext, { app: ref, commit, reason, acknowledgeSecrets = false, acknowledges }: DeployAppInput): Promise<DeploymentView> {
    ctx.require('deployment.create');
    const accepted = await this.db.in(ctx.workspaceId).transaction(async (tx) => {
      const app = await tx.apps.lock(ref);
      if (commit !== undefined && app.sourceKind !== 'builtin') {
        throw new Invalid('deployment.commit_not_allowed', "A commit can be named only where the app's source is the built-in Git remote. Otherwise the branch's newest is deployed.", 'commit');
      }
      await requireRoom(tx, app, this.config.builds.mostQueued);
      const seen = acknowledges !== undefined || (acknowledgeSecrets && commit === undefined) ? await stoppedDeployment(tx, app.id, acknowledges) : null;
      const isAcknowledged = seen !== null || acknowledgeSecrets;
      const { lastDeployment: number } = await tx.app.update({ where: { id: app.id }, data: { lastDeployment: { increment: 1 } } });
      const { kind: actorKind, name: actorName } = ctx.actor;
      const deployment = await tx.deployment.create({
        data: { id: mintId('deployment'), appId: app.id, number, reason, branch: app.branch, commit: commit ?? null, actorKind, actorName, acknowledgesSecrets: isAcknowledged, acknowledges: seen },
        include: WITH_RELEASE,
      });
      await tx.outbox('build.requested', { deployment: deployment.id });
      await tx.audit(ctx, { action: 'deployment.create', target: deployment.id, details: { app: app.id, number, reason, ...(isAcknowledged && { acknowledgesSecrets: true, ...(seen !== null && { acknowledges: seen }) }) } });
      await endPending(tx, app.id, 'superseded', { OR: [{ id: deployment.id }, { reason: 'rollback', status: 'starting' }] });
      tx.changes.route(app.id); // an app without a release says that it is on its way
      return deployment;
    });
    return this.views.one(accepted);
  }
}

/** A deployment that a committed credential stopped: the one that is named, else the newest; `null` where there is none. @throws NotFound where a named one is none */
async function stoppedDeployment(tx: Tx, appId: string, id: string | undefined): Promise<string | null> {
  const found = await tx.deployment.findFirst({ where: { appId, ...(id !== undefined && { id }), failure: { path: ['code'], equals: SECRET_COMMITTED } }, orderBy: { number: 'desc' }, select: { id: true } });
  if (!found && id !== undefined) throw new NotFound('deployment', id);
  return found?.id ?? null;
}
