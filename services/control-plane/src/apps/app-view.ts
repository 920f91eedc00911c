import type { AppView, DeploymentView, InstanceView } from '@weir/contracts';
import type { ReleaseRow, Rows } from '@weir/database';
import type { AppDesired, AppId, InstanceDesired, InstanceId, InstanceStatus, ReleaseId, SleepDepth, WorkspaceId } from '@weir/domain';
import { appState } from './app-state.ts';
import { releaseView } from './release-view.ts';
import { sourceOf } from './source.ts';

/** Everything that an app's view is made from. */
export interface AppFacts {
  readonly app: Rows.App;
  readonly release: ReleaseRow | undefined;
  /** The newest. */
  readonly deployment: DeploymentView | undefined;
  /** Those wanted or still there, newest first. */
  readonly instances: readonly Rows.Instance[];
  /** The last lines it wrote, where it may have crashed. */
  readonly lastWords: string | null;
}

/** Where apps and the console are reached. */
export interface Addresses {
  readonly consoleUrl: string;
  readonly appsDomain: string;
}

const instanceView = (row: Rows.Instance): InstanceView => ({
  id: row.id as InstanceId,
  slot: row.slot,
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
export function appView({ app, release, deployment, instances, lastWords }: AppFacts, addresses: Addresses): AppView {
  const { status, speaker } = appState({ app, deployment: deployment?.status, instances });
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
    statusReason: status === 'failed' ? (deployment?.failure?.message ?? null) : (speaker?.reason ?? null),
    lastWords: status === 'crashed' ? lastWords : null,
    release: release ? releaseView(release, app.releaseId) : null,
    deployment: deployment ?? null,
    instances: instances.map(instanceView),
    createdAt: app.createdAt.toISOString(),
    updatedAt: app.updatedAt.toISOString(),
  };
}
