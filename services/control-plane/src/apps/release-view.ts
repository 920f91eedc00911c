import type { ReleaseView } from '@weir/contracts';
import type { ReleaseRow } from '@weir/database';
import { type AppId, type DeploymentId, type ReleaseId, releaseState } from '@weir/domain';

/** A release as the API shows it. @param currentId the app's live release */
export const releaseView = (row: ReleaseRow, currentId: string | null): ReleaseView => ({
  id: row.id as ReleaseId,
  app: row.appId as AppId,
  number: row.number,
  deployment: (row.deployments[0]?.id ?? '') as DeploymentId,
  commit: row.commit,
  commitMessage: row.deployments[0]?.commitMessage ?? null,
  commitAuthor: row.deployments[0]?.commitAuthor ?? null,
  image: row.image,
  framework: { name: row.framework, version: row.frameworkVersion },
  entryFile: row.entryFile,
  python: row.python,
  limits: { memoryMib: row.memoryMib, cpus: row.cpus, pids: row.pids },
  secretsVersion: row.secretsVersion,
  state: releaseState({ ...row, isLive: row.id === currentId }),
  current: row.id === currentId,
  createdAt: row.createdAt.toISOString(),
  liveAt: row.liveAt?.toISOString() ?? null,
});
