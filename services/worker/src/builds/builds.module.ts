import { type DynamicModule, Module } from '@nestjs/common';
import { InternalClient } from '@weir/api-client';
import { openJobQueue } from '@weir/job-queue';
import type { Logger } from '@weir/telemetry';
import Docker from 'dockerode';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkerConfig } from '../config.ts';
import { GitController } from '../git/git.controller.ts';
import { GitRemote } from '../git/git-remote.ts';
import { GitRepositories } from '../git/git-repositories.ts';
import { RepositorySweep } from '../git/repository-sweep.ts';
import { ReceivePush } from '../git/receive-push.ts';
import { HostPythons } from '../pythons/host-pythons.ts';
import { type BuildImages, Pythons } from '../pythons/pythons.ts';
import { PythonsController } from '../pythons/pythons.controller.ts';
import { InspectRepository } from '../repositories/inspect-repository.ts';
import { RepositoriesController } from '../repositories/repositories.controller.ts';
import { Sandboxes } from '../sandbox/sandboxes.ts';
import { BuildApp } from './build-app.ts';
import { BuildOn } from './build-on.ts';
import { BuildConsumer } from './build-consumer.ts';
import { BuildDisks } from './build-disks.ts';
import { builderSettings } from './builder-settings.ts';
import { ControlPlaneReports } from './control-plane-reports.ts';
import { Environments } from './environments.ts';
import { FetchSource } from './fetch-source.ts';
import { HeldBuilds } from './held-builds.ts';
import { Redaction, secretsIn } from './redaction.ts';
import { RunBuild } from './run-build.ts';
import { Workbenches } from './workbenches.ts';

interface BuildsOptions {
  readonly config: WorkerConfig;
  readonly client: InternalClient;
  readonly logger: Logger;
}

/** Those that were there before this process, by version. */
function givenImages({ WEIR_BASE_IMAGES: bases, WEIR_BUILDER_IMAGES: builders }: WorkerConfig): Record<string, BuildImages> {
  return Object.fromEntries(Object.entries(bases).flatMap(([python, base]) => (builders[python] ? [[python, { base, builder: builders[python] }]] : [])));
}

/** The half of the worker that meets strangers' code before it runs: builds, the Git remote, a look at repositories. */
@Module({})
export class BuildsModule {
  static with({ config, client, logger }: BuildsOptions): DynamicModule {
    const settings = builderSettings(config);
    const docker = new Docker(); // it reads DOCKER_HOST itself
    const runDir = process.getuid?.() === 0 ? `/run/weir/${config.WEIR_INSTALLATION}` : join(tmpdir(), `weir-${config.WEIR_INSTALLATION}`);
    const sandboxes = new Sandboxes(docker, { installation: config.WEIR_INSTALLATION, runtime: config.WEIR_CONTAINER_RUNTIME, caBundle: config.WEIR_CA_BUNDLE, runDir });
    const repositories = new GitRepositories(sandboxes, { dataDir: config.WEIR_DATA_DIR, image: settings.defaultBuilder, examplesDir: config.WEIR_EXAMPLES_DIR });
    const disks = new BuildDisks({ folder: join(config.WEIR_DATA_DIR, 'cache'), size: config.WEIR_BUILD_DISK_GIB * 2 ** 30, uid: sandboxes.uid, logger });
    const pythons = new Pythons(new HostPythons(config), { given: givenImages(config), defaultPython: settings.defaultPython, logger });
    const benches = new Workbenches(sandboxes, settings, disks);
    const buildOn = new BuildOn(sandboxes, settings, pythons, new Environments(docker, settings, benches));
    const buildApp = new BuildApp(settings, pythons, new FetchSource(sandboxes, repositories, settings), benches, buildOn);
    const worker = `worker-${randomBytes(4).toString('hex')}`;
    const reports = new ControlPlaneReports(client, worker);
    const runBuild = new RunBuild(reports, buildApp, sandboxes, logger, new Redaction(secretsIn(config.WEIR_INDEX_URL)));
    const connection = config.REDIS_URL ? { redisUrl: config.REDIS_URL } : config.QUEUE_DATABASE_URL ? { postgresUrl: config.QUEUE_DATABASE_URL } : undefined;
    const queue = connection && openJobQueue(connection, { prefix: config.WEIR_INSTALLATION, onError: (error) => logger.warn({ err: error }, 'queue.error') });
    const jobs = queue && { queue, held: new HeldBuilds(join(config.WEIR_DATA_DIR, 'held-builds'), queue, reports) };
    const remote = new GitRemote(client, repositories, new ReceivePush(client, config.WEIR_CONTROL_PLANE_URL, logger), logger);
    return {
      module: BuildsModule,
      controllers: [GitController, PythonsController, RepositoriesController],
      providers: [
        { provide: GitRemote, useValue: remote },
        { provide: Pythons, useFactory: () => pythons },
        { provide: InspectRepository, useValue: new InspectRepository(sandboxes, settings, pythons) },
        { provide: RepositorySweep, useFactory: () => new RepositorySweep(client, repositories, logger) },
        { provide: BuildConsumer, useFactory: () => new BuildConsumer({ logger, jobs, reports, runBuild, sandboxes, benches, repositories, dataDir: config.WEIR_DATA_DIR, concurrency: config.WEIR_BUILDS }) },
      ],
    };
  }
}
