import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { JobQueue, openJobQueue } from '@weir/job-queue';
import type { Logger } from '@weir/telemetry';
import { Config } from '../config.ts';
import { Clock } from '../deployments/clock.ts';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { OutboxRelay } from '../deployments/outbox-relay.ts';
import { Pruner } from '../deployments/pruner.ts';
import { Sweeper } from '../deployments/sweeper.ts';
import { LOGGER } from '../http/logger.ts';
import { IdentityModule } from '../identity/identity.module.ts';
import { LogsModule } from '../logs/logs.module.ts';
import { ChangeBusModule } from '../realtime/change-bus.module.ts';
import { RoutesModule } from '../routes/routes.module.ts';
import { SecretsModule } from '../secrets/secrets.module.ts';
import { WakeVisitedApp } from '../sleep/wake-visited-app.ts';
import { AuthorizeGit } from './authorize-git.ts';
import { BuildsController } from './builds.controller.ts';
import { ClaimBuild } from './claim-build.ts';
import { GatewayController, RoutesController } from './feeds.controller.ts';
import { GitController } from './git.controller.ts';
import { InstancesController } from './instances.controller.ts';
import { InternalGuard } from './internal.guard.ts';
import { InternalLogsController } from './internal-logs.controller.ts';
import { OperatorController } from './operator.controller.ts';
import { queueUrl } from './queue-url.ts';
import { ReadInstanceSecrets } from './read-instance-secrets.ts';
import { ReadInstances } from './read-instances.ts';
import { ReceivePush } from './receive-push.ts';
import { RecordActivity } from './record-activity.ts';
import { ReleaseLease } from './release-lease.ts';
import { RenewLease } from './renew-lease.ts';
import { ReportBuild } from './report-build.ts';
import { ReportInstance } from './report-instance.ts';
import { WakeController } from './wake.controller.ts';

const jobQueue = {
  provide: JobQueue,
  inject: [Config, LOGGER],
  useFactory: async ({ redisUrl, databaseUrl, installation }: Config, log: Logger) =>
    openJobQueue(redisUrl ? { redisUrl } : { postgresUrl: await queueUrl(databaseUrl) }, { prefix: installation, onError: (error) => log.warn({ err: error }, 'queue.error') }),
};

/** What worker, gateway and command line ask for, and what keeps deployments moving by itself. */
@Module({
  imports: [ChangeBusModule, DeploymentsModule, IdentityModule, LogsModule, RoutesModule, SecretsModule],
  controllers: [BuildsController, GatewayController, GitController, InstancesController, InternalLogsController, OperatorController, RoutesController, WakeController],
  providers: [
    AuthorizeGit, ClaimBuild, Clock, InternalGuard, jobQueue, OutboxRelay, Pruner, ReadInstanceSecrets, ReadInstances, ReceivePush, RecordActivity, ReleaseLease, RenewLease,
    ReportBuild, ReportInstance, Sweeper, WakeVisitedApp,
  ],
})
export class InternalModule implements OnApplicationShutdown {
  constructor(private readonly queue: JobQueue) {}

  /** After the relay and the sweeper have ended, which add to it. */
  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
  }
}
