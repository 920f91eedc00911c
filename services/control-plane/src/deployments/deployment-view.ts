import type { ActorView, DeploymentView, FailureView, PhaseTimes, PlanView, WarningView } from '@weir/contracts';
import type { DeploymentRow } from '@weir/database';
import { type AppId, type DeploymentId, type DeploymentStatus, type Phase, type ReleaseId, releaseState } from '@weir/domain';
import type { z } from 'zod';

type Shape<T extends z.ZodType> = z.infer<T>;

/** A deployment as the API shows it. @param queuePosition its place in line, where it is queued */
export const deploymentView = (row: DeploymentRow, queuePosition: number | null = null): DeploymentView => ({
  id: row.id as DeploymentId,
  app: row.appId as AppId,
  number: row.number,
  status: row.status as DeploymentStatus,
  reason: row.reason as DeploymentView['reason'],
  branch: row.branch,
  commit: row.commit,
  commitMessage: row.commitMessage,
  commitAuthor: row.commitAuthor,
  actor: { kind: row.actorKind, name: row.actorName } as Shape<typeof ActorView>,
  release: row.releaseId as ReleaseId | null,
  releaseNumber: row.release?.number ?? null,
  releaseState: row.release && releaseState({ ...row.release, isLive: row.release.liveIn !== null }),
  failure: row.failure as Shape<typeof FailureView> | null,
  warnings: row.warnings as Shape<typeof WarningView>[],
  plan: row.plan as PlanView | null,
  phases: row.phases as Shape<typeof PhaseTimes>,
  phase: row.phase as Phase | null,
  queuePosition,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
  liveAt: row.liveAt?.toISOString() ?? null,
});
