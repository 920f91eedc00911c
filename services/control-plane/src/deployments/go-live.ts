import type { Rows, Tx } from '@weir/database';
import { mergePhases } from './phase-times.ts';
import { after } from './clock.ts';
import { move } from './deployment-moves.ts';

interface Promotion {
  readonly instance: Rows.Instance;
  readonly now: Date;
  readonly drainTimeoutMs: number;
}

/**
 * Gives an app's new documents to an instance that has just become healthy.
 *
 * A deployment that was starting goes live and the one before is superseded. Instances
 * older than this one drain: they keep the sockets they have. Call with the app locked.
 */
export async function goLive(tx: Tx, { instance, now, drainTimeoutMs }: Promotion): Promise<void> {
  const { appId, deploymentId, releaseId } = instance;
  const deployment = await tx.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  const first = deployment.status === 'starting' && (await move(tx, deploymentId, 'live', { phase: 'routed', liveAt: now, finishedAt: now }));
  if (first) {
    for (const { id } of await tx.deployment.findMany({ where: { appId, status: 'live', id: { not: deploymentId } }, select: { id: true } })) await move(tx, id, 'superseded', { phase: null });
    await tx.app.update({ where: { id: appId }, data: { desired: 'running' } }); // a stopped app that was deployed
    const { number } = await tx.release.findUniqueOrThrow({ where: { id: releaseId } });
    // Never backwards: an older release that becomes healthy late does not take an app over.
    await tx.app.updateMany({ where: { id: appId, releaseNumber: { lt: number } }, data: { releaseId, releaseNumber: number } });
  }
  const older = await tx.instance.updateMany({
    where: { appId, id: { lt: instance.id }, desired: 'running' },
    data: { desired: 'draining', drainUntil: after(now, drainTimeoutMs) },
  });
  if (older.count > 0) await tx.bump('instances');
  const cursor = await tx.bump('routes');
  if (first) await tx.deployment.update({ where: { id: deploymentId }, data: { routeCursor: cursor } });
}

/** Ends the phase `routed` of deployments whose route the gateway has in force. */
export async function endRouted(tx: Tx, cursor: number, now: Date): Promise<void> {
  const waiting = await tx.deployment.findMany({ where: { phase: 'routed', routeCursor: { lte: cursor }, liveAt: { not: null } } });
  for (const { id, phases, liveAt } of waiting) {
    await tx.deployment.updateMany({
      where: { id, phase: 'routed' },
      data: { phase: null, phases: mergePhases(phases, { routed: now.getTime() - (liveAt ?? now).getTime() }) },
    });
  }
}
