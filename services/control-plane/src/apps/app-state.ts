import type { Rows } from '@weir/database';
import { type AppDesired, type AppStatus, appStatus, type DeploymentStatus, type InstanceStatus, type SleepDepth } from '@weir/domain';

type InstanceFacts = Pick<Rows.Instance, 'releaseId' | 'desired' | 'status'>;

/** What an app's status is made from. */
export interface StateFacts<I extends InstanceFacts> {
  readonly app: Pick<Rows.App, 'desired' | 'sleeping' | 'releaseId'>;
  /** The status of the newest deployment. */
  readonly deployment: string | null | undefined;
  readonly instances: readonly I[];
}

const BEST_FIRST: readonly InstanceStatus[] = ['healthy', 'unhealthy', 'frozen', 'starting', 'pending', 'crashed', 'failed', 'stopped'];

/** How an app stands, and the instance that speaks for it: while some serve, those that start or crash do not. */
export function appState<I extends InstanceFacts>({ app, deployment, instances }: StateFacts<I>): { readonly status: AppStatus; readonly speaker: I | undefined } {
  const rank = ({ status }: I): number => BEST_FIRST.indexOf(status as InstanceStatus);
  const [speaker] = instances
    .filter(({ releaseId, desired }) => releaseId === app.releaseId && (desired === 'running' || desired === 'frozen'))
    .toSorted((a, b) => rank(a) - rank(b));
  const status = appStatus({
    desired: app.desired as AppDesired,
    sleep: app.sleeping as SleepDepth,
    latestDeployment: (deployment as DeploymentStatus | null | undefined) ?? undefined,
    instance: (speaker?.status as InstanceStatus | undefined) ?? 'none',
    hasRelease: app.releaseId !== null,
  });
  return { status, speaker };
}
