import type { ReleaseView } from '@weir/contracts';
import type { Rows } from '@weir/database';
import type { AppId, DeploymentId, ReleaseId } from '@weir/domain';

/** A release together with the deployment that made it. */
export type ReleaseRow = Rows.Release & { readonly deployments: readonly { readonly id: string }[] };

/** A release as the API shows it. @param currentId the app's live release */
export const releaseView = (row: ReleaseRow, currentId: string | null): ReleaseView => ({
  id: row.id as ReleaseId,
  app: row.appId as AppId,
  number: row.number,
  deployment: (row.deployments[0]?.id ?? '') as DeploymentId,
  commit: row.commit,
  image: row.image,
  framework: { name: row.framework, version: row.frameworkVersion },
  entryFile: row.entryFile,
  python: row.python,
  current: row.id === currentId,
  createdAt: row.createdAt.toISOString(),
});
