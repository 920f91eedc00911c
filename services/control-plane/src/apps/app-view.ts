import type { AppView, InstanceView } from '@weir/contracts';
import type { Rows } from '@weir/database';
import { type AppDesired, type AppId, appStatus, type DeploymentStatus, type InstanceDesired, type InstanceId, type InstanceStatus, isPending, type ReleaseId, type SleepDepth, type WorkspaceId } from '@weir/domain';
import { deploymentView } from '../deployments/deployment-view.ts';
import { type ReleaseRow, releaseView } from './release-view.ts';
import { sourceOf } from './source.ts';

/** Everything that an app's view is made from. */
export interface AppFacts {
  readonly app: Rows.App;
  readonly release: ReleaseRow | undefined;
  /** The newest. */
  readonly deployment: Rows.Deployment | undefined;
  /** Those wanted or still there, newest first. */
  readonly instances: readonly Rows.Instance[];
}

/** Where apps and the console are reached. */
export interface Addresses {
  readonly consoleUrl: string;
  readonly appsDomain: string;
}

const BEST_FIRST: readonly InstanceStatus[] = ['healthy', 'unhealthy', 'starting', 'pending', 'crashed', 'failed', 'stopped'];

/** The instance that speaks for the app: while a fresh one starts, the old one still serves. */
function speaker(instances: readonly Rows.Instance[], releaseId: string | null): Rows.Instance | undefined {
  const wanted = instances.filter((instance) => instance.releaseId === releaseId && instance.desired === 'running');
  const rank = ({ status }: Rows.Instance): number => BEST_FIRST.indexOf(status as InstanceStatus);
  return wanted.toSorted((a, b) => rank(a) - rank(b))[0];
}

const latestOf = (deployment: Rows.Deployment | undefined): 'none' | 'pending' | 'failed' | 'done' => {
  if (!deployment) return 'none';
  if (isPending(deployment.status as DeploymentStatus)) return 'pending';
  return deployment.status === 'failed' ? 'failed' : 'done';
};

const failureMessage = (deployment: Rows.Deployment | undefined): string | null =>
  (deployment?.failure as { message?: string } | null | undefined)?.message ?? null;

const instanceView = (row: Rows.Instance): InstanceView => ({
  id: row.id as InstanceId,
  release: row.releaseId as ReleaseId,
  desired: row.desired as InstanceDesired,
  status: row.status as InstanceStatus,
  reason: row.reason,
  restarts: row.restarts,
  sockets: row.sockets,
  startedAt: row.startedAt?.toISOString() ?? null,
});

/** The address of an app: console and apps share a scheme and a port. */
export const appUrl = (hostname: string, { consoleUrl, appsDomain }: Addresses): string => `${new URL(consoleUrl).protocol}//${hostname}.${appsDomain}`;

/** An app as the API and the live channels show it. */
export function appView({ app, release, deployment, instances }: AppFacts, addresses: Addresses): AppView {
  const instance = speaker(instances, app.releaseId);
  const status = appStatus({
    desired: app.desired as AppDesired,
    sleep: app.sleeping as SleepDepth,
    latestDeployment: latestOf(deployment),
    instance: (instance?.status as InstanceStatus | undefined) ?? 'none',
    hasRelease: app.releaseId !== null,
  });
  return {
    id: app.id as AppId,
    workspace: app.workspaceId as WorkspaceId,
    hostname: app.hostname,
    url: appUrl(app.hostname, addresses),
    gitUrl: `${addresses.consoleUrl}/git/${app.hostname}.git`,
    source: sourceOf(app),
    python: app.python,
    limits: { memoryMib: app.memoryMib, cpus: app.cpus, pids: app.pids },
    replicas: app.replicas,
    drainSeconds: app.drainSeconds,
    sleep: { freezeAfterMinutes: app.freezeAfter, stopAfterMinutes: app.stopAfter },
    sleeping: app.sleeping as SleepDepth,
    desired: app.desired as AppDesired,
    status,
    statusReason: status === 'failed' ? failureMessage(deployment) : (instance?.reason ?? null),
    release: release ? releaseView(release, app.releaseId) : null,
    deployment: deployment ? deploymentView(deployment) : null,
    instances: instances.map(instanceView),
    createdAt: app.createdAt.toISOString(),
    updatedAt: app.updatedAt.toISOString(),
  };
}
