import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Consumer, JobQueue } from '@weir/job-queue';
import type { Logger } from '@weir/telemetry';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRepositories } from '../git/git-repositories.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { answerJob } from './answer-job.ts';
import type { BuildReports } from './build-reports.ts';
import type { HeldBuilds } from './held-builds.ts';
import type { RunBuild } from './run-build.ts';
import type { Workbenches } from './workbenches.ts';

interface Parts {
  readonly logger: Logger;
  /** Not there on a host that has no queue to build from. */
  readonly jobs: { readonly queue: JobQueue; readonly held: HeldBuilds } | undefined;
  readonly reports: Pick<BuildReports, 'claim'>;
  readonly runBuild: RunBuild;
  readonly sandboxes: Sandboxes;
  readonly benches: Pick<Workbenches, 'sweep'>;
  readonly repositories: GitRepositories;
  readonly dataDir: string;
  /** Builds at once; 0: none on this host. */
  readonly concurrency: number;
}

/** Takes jobs from the queue as long as the process lives. Whatever an earlier life left is removed first, and what it was building is built anew. */
export class BuildConsumer implements OnApplicationBootstrap, OnApplicationShutdown {
  #consumer: Consumer | undefined;

  constructor(private readonly parts: Parts) {}

  async onApplicationBootstrap(): Promise<void> {
    const { jobs, logger, reports, runBuild, sandboxes, benches, repositories, dataDir, concurrency } = this.parts;
    await Promise.all([sandboxes.sweep({ 'weir.kind': 'build' }), repositories.sweep(), sandboxes.sweepExits(), rm(join(dataDir, 'builds'), { recursive: true, force: true })]);
    // Not waited for: that may be a great many files, and a build that begins meanwhile has folders of its own.
    void benches.sweep().catch((error: unknown) => logger.warn({ err: error }, 'environments.not_swept'));
    if (!jobs) return;
    const { queue, held } = jobs;
    const left = await held.left();
    if (concurrency > 0) this.#consumer = await queue.work((job, signal, receipt) => answerJob({ reports, held, build: (order, until) => runBuild.execute(order, until) }, job, receipt, signal), { concurrency });
    // Not waited for: the control plane may come later than we do.
    void held.giveBack(left).catch((error: unknown) => logger.warn({ err: error }, 'builds.not_given_back'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#consumer?.close();
    await this.parts.jobs?.queue.close();
    await this.parts.repositories.close();
  }
}
