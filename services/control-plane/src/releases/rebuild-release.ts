import { type Author, mintId, type ReleaseRow, type Rows, type Tx, WITH_RELEASE } from '@weir/database';
import { PENDING_STATUSES, type WorkspaceId } from '@weir/domain';
import { BUILD_REQUESTED } from '../deployments/build-requested.ts';
import { appendLog } from '../logs/append-log.ts';
import { findRelease } from './find-release.ts';

const WORKER = { kind: 'system', id: 'worker', name: 'worker' } as const;

interface Return {
  readonly reason: 'rollback' | 'rebuild';
  /** Whether its image has to be made again: the same commit, and exactly the packages of its lock. */
  readonly build: boolean;
}

/** Adds the deployment that brings a release back. Call with the app locked; a release without a lock cannot be built again. */
export async function bringBack(tx: Tx, author: Author, { app, release }: { app: Rows.App; release: ReleaseRow }, { reason, build }: Return) {
  const { lastDeployment: number } = await tx.app.update({ where: { id: app.id }, data: { lastDeployment: { increment: 1 } } });
  const made = await tx.deployment.findFirst({ where: { releaseId: release.id }, orderBy: { id: 'asc' }, select: { branch: true, commitMessage: true, commitAuthor: true, plan: true } });
  const { kind: actorKind, name: actorName } = author.actor;
  const deployment = await tx.deployment.create({
    data: {
      id: mintId('deployment'), appId: app.id, number, actorKind, actorName, reason, status: build ? 'queued' : 'starting', phase: build ? 'queued' : 'start', releaseId: release.id, commit: release.commit,
      branch: made?.branch ?? null, commitMessage: made?.commitMessage ?? null, commitAuthor: made?.commitAuthor ?? null, ...(made?.plan && { plan: made.plan }),
    },
    include: WITH_RELEASE,
  });
  if (build) await tx.outbox(BUILD_REQUESTED, { deployment: deployment.id });
  const how = build ? 'Its image is gone from its machine, so it is built again: the same commit, and exactly the packages of its lock.' : 'Nothing is built: its image is kept.';
  const text = `Back to release ${release.number} (commit ${release.commit.slice(0, 12)}). ${how}`;
  await appendLog(tx, deployment.id, { writer: reason, batch: 0, lines: [{ at: new Date().toISOString(), stream: 'system', text }] });
  return deployment;
}

/**
 * Has the live release of an app built again, because its image is gone from its machine. Call with the app locked.
 *
 * Nothing happens while something newer is on its way, nor where it was tried for this instance and failed: then a person
 * must look, and a reboot is the next try.
 */
export async function rebuildLive(tx: Tx, app: Rows.App, instance: Pick<Rows.Instance, 'createdAt'>): Promise<void> {
  const newest = await tx.deployment.findFirst({ where: { appId: app.id }, orderBy: { number: 'desc' }, select: { status: true, reason: true, createdAt: true } });
  if (app.releaseId === null || newest === null || PENDING_STATUSES.some((status) => status === newest.status)) return;
  if (newest.reason === 'rebuild' && newest.status === 'failed' && newest.createdAt > instance.createdAt) return;
  const release = await findRelease(tx, app.id, app.releaseId);
  if (release.lock === null) return;
  const author: Author = { workspaceId: app.workspaceId as WorkspaceId, actor: WORKER };
  const { id, number } = await bringBack(tx, author, { app, release }, { reason: 'rebuild', build: true });
  await tx.audit(author, { action: 'deployment.rebuild', target: id, details: { app: app.id, number, release: release.number } });
}
