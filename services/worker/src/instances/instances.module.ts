import { join } from 'node:path';
import { type DynamicModule, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { InternalClient } from '@weir/api-client';
import { explainAppLog, explainFailure } from '@weir/build-plan';
import { Canary, connectDocker, DockerRuntime, Firewall, hostResolvers } from '@weir/container-runtime-docker';
import type { Logger } from 'pino';
import { SystemClock } from './clock.ts';
import { Fence } from './fence.ts';
import { HttpInstanceFeed } from './feed/http-instance-feed.ts';
import { checkHealth } from './health/health-check.ts';
import { Instances } from './instances.ts';
import { LogCursors } from './logs/log-cursors.ts';
import { SecretsFolders } from './secrets/secrets-folders.ts';

export interface InstancesOptions {
  readonly installation: string;
  readonly dataDir: string;
  /** The OCI runtime. */
  readonly runtime: string;
  /** As `DOCKER_HOST` has it. */
  readonly dockerHost?: string | undefined;
  /** An image with Python that no tenant had a hand in; without one it cannot be proven that apps are kept apart. */
  readonly canaryImage?: string | undefined;
  /** Apps may start though nothing keeps them apart. */
  readonly trustTenants: boolean;
  readonly client: InternalClient;
  readonly logger: Logger;
}

/** Nest starts it when the process is up and closes it when it is told to end. */
class InstancesLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly instances: Instances) {}

  onApplicationBootstrap(): Promise<void> {
    return this.instances.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.instances.close();
  }
}

async function compose({ installation, dataDir, runtime: ociRuntime, dockerHost, canaryImage, trustTenants, client, logger }: InstancesOptions): Promise<Instances> {
  const resolvers = await hostResolvers();
  const clock = new SystemClock();
  const docker = connectDocker(dockerHost);
  const runtime = new DockerRuntime(docker, { installation, resolvers, ociRuntime });
  const fence = new Fence({ firewall: new Firewall({ installation, resolvers }), canary: new Canary(docker.calls, { installation, resolvers, ociRuntime, image: canaryImage }), trustTenants, logger });
  const feed = new HttpInstanceFeed(client, clock, logger);
  const secrets = new SecretsFolders(installation);
  const cursors = new LogCursors(join(dataDir, 'worker', 'log-cursors'));
  return new Instances({ runtime, feed, secrets, cursors, checkHealth, explain: explainAppLog, explainEnd: explainFailure, fence, clock, logger });
}

/** The half of the worker that runs instances. */
@Module({})
export class InstancesModule {
  static with(options: InstancesOptions): DynamicModule {
    return {
      module: InstancesModule,
      providers: [
        { provide: Instances, useFactory: () => compose(options) },
        { provide: InstancesLifecycle, useFactory: (instances: Instances) => new InstancesLifecycle(instances), inject: [Instances] },
      ],
      exports: [Instances],
    };
  }
}
