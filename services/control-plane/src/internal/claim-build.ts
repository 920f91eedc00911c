import { Inject, Injectable } from '@nestjs/common';
import { BuildOrder } from '@weir/contracts';
import { Database, type Rows, type Tx } from '@weir/database';
import { credentialKey, isPending, nextBuild, SECRET_COMMITTED, type DeploymentStatus, type WaitingBuild, type Warning } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import type { z } from 'zod';
import { sourceOf } from '../apps/source.ts';
import { Config } from '../config.ts';
import { after, Clock } from '../deployments/clock.ts';
import { claim, end, lockApp } from '../deployments/deployment-moves.ts';
import { mergePhases } from '../deployments/phase-times.ts';
import { readBuildQueue } from '../deployments/read-build-queue.ts';
import { LOGGER } from '../http/logger.ts';

/** A worker that does not renew within this has lost its build. */
export const LEASE_MS = 30_000;

type Order = z.infer<typeof BuildOrder>;

/**
 * Gives the build whose turn it is to a worker that has a place free.
 *
 * Claims follow one another, so each sees what the one before was given. Two workers that ask at once, or a
 * queue that rings twice, get no build twice: the claim is a compare-and-set, and only a lapsed lease can be claimed again.
 */
@Injectable()
export class ClaimBuild {
  constructor(private readonly db: Database, private readonly clock: Clock, private readonly config: Config, @Inject(LOGGER) private readonly log: Logger) {}

  execute(worker: string): Promise<Order | null> {
    return this.db.transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('weir.claim-build'))`;
      for (;;) {
        const next = nextBuild(await readBuildQueue(tx, this.config.builds.mostPerWorkspace));
        if (!next) return null;
        const order = await this.#claim(tx, next, worker);
        if (order) return order; // else it has just ended otherwise, and another's turn has come
      }
    });
  }

  async #claim(tx: Tx, { deployment: id, workspace }: WaitingBuild, worker: string): Promise<Order | null> {
    const known = await tx.deployment.findUnique({ where: { id }, select: { appId: true } });
    const app = known && (await lockApp(tx, known.appId));
    if (!app) return null;
    const deployment = await tx.deployment.findUniqueOrThrow({ where: { id } });
    if (!isPending(deployment.status as DeploymentStatus)) return null;
    if (deployment.number < app.lastDeployment) {
      await end(tx, deployment, 'superseded');
      this.log.info({ deployment: id, to: 'superseded' }, 'deployment.status');
      return null;
    }
    const now = await this.clock.now(tx);
    const queuedMs = now.getTime() - deployment.createdAt.getTime();
    const claimed = await claim(tx, deployment, now, {
      leaseUntil: after(now, LEASE_MS),
      phase: 'fetch',
      ...(deployment.attempt === 0 && { phases: mergePhases(deployment.phases, { queued: queuedMs }) }),
    });
    if (!claimed) return null;
    await tx.$executeRaw`UPDATE "workspace" SET "last_turn" = (SELECT max("last_turn") + 1 FROM "workspace") WHERE "id" = ${workspace}`;
    const attempt = deployment.attempt + 1;
    this.log.info({ deployment: id, app: app.id, worker, attempt, to: 'building' }, 'deployment.status');
    const order = orderOf(app, deployment, attempt, await acknowledged(tx, deployment));
    return deployment.releaseId === null ? order : asItWas(order, await tx.release.findUniqueOrThrow({ where: { id: deployment.releaseId } }));
  }
}

/** The committed credentials that do not stop a deployment: all of a commit that was named, those that were seen, else those that an earlier one of its app was deployed with knowingly. */
async function acknowledged(tx: Tx, { appId, acknowledgesSecrets, acknowledges }: Rows.Deployment): Promise<Order['acknowledged']> {
  const all = acknowledgesSecrets && acknowledges === null;
  const select = { warnings: true };
  const earlier = acknowledges === null
    ? await tx.deployment.findFirst({ where: { appId, acknowledgesSecrets: true, releaseId: { not: null } }, orderBy: { number: 'desc' }, select })
    : await tx.deployment.findFirst({ where: { appId, id: acknowledges }, select });
  const warnings = (earlier?.warnings ?? []) as unknown as Warning[];
  return { all, known: warnings.filter(({ code }) => code === SECRET_COMMITTED).map(credentialKey) };
}

/** The order of a release that is built again: nothing about it is chosen anew, and what it was deployed with knowingly stops it no more. */
const asItWas = (order: Order, { commit, entryFile, python, lock }: Rows.Release): Order => ({ ...order, commit, python, lock, source: { ...order.source, entryFile }, acknowledged: { all: true, known: [] } });

const orderOf = (app: Rows.App, deployment: Rows.Deployment, attempt: number, known: Order['acknowledged']): Order =>
  BuildOrder.parse({
    deployment: deployment.id,
    attempt,
    app: app.id,
    workspace: app.workspaceId,
    hostname: app.hostname,
    source: { ...sourceOf(app), branch: deployment.branch ?? app.branch },
    commit: app.sourceKind === 'builtin' ? deployment.commit : null,
    python: app.python,
    lock: null,
    acknowledged: known,
    leaseMs: LEASE_MS,
  });
