import type { FailureFacts } from '@weir/build-plan';
import type { Failure } from '@weir/domain';
import type { ContainerRuntime } from '@weir/container-runtime';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Fence } from './fence.ts';
import type { InstanceFeed } from './feed/instance-feed.ts';
import type { HealthCheck } from './health/health-check.ts';
import type { LogCursors } from './logs/log-cursors.ts';
import type { ExplainLog } from './logs/log-shipper.ts';
import type { SecretsFolders } from './secrets/secrets-folders.ts';

/** Everything that running instances needs from outside. */
export interface Parts {
  readonly runtime: ContainerRuntime;
  readonly feed: InstanceFeed;
  readonly secrets: SecretsFolders;
  readonly cursors: LogCursors;
  readonly checkHealth: HealthCheck;
  readonly explain: ExplainLog;
  /** Says why an instance ended. */
  readonly explainEnd: (facts: FailureFacts) => Failure;
  readonly fence: Fence;
  readonly clock: Clock;
  readonly logger: Logger;
}
