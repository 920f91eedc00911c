import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Consumer, JobQueue } from '@weir/job-queue';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitRepositories } from '../git/git-repositories.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import type { RunBuild } from './run-build.ts';

interface Parts {
  readonly queue: JobQueue | undefined;
  readonly runBuild: RunBuild;
  readonly sandboxes: Sandboxes;
  readonly repositories: GitRepositories;
  readonly dataDir: string;
  /** Builds at once; 0: none on this host. */
  readonly concurrency: number;
}

/** Takes builds from the queue as long as the process lives. Whatever an earlier life left is removed first. */
export class BuildConsumer implements OnApplicationBootstrap, OnApplicationShutdown {
  #consumer: Consumer | undefined;

  constructor(private readonly parts: Parts) {}

  async onApplicationBootstrap(): Promise<void> {
    const { queue, runBuild, sandboxes, repositories, dataDir, concurrency } = this.parts;
    await Promise.all([sandboxes.sweep({ 'weir.kind': 'build' }), repositories.sweep(), rm(join(dataDir, 'builds'), { recursive: true, force: true })]);
    if (concurrency > 0) this.#consumer = await queue?.work((job, signal) => runBuild.execute(job.deployment, signal), { concurrency });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#consumer?.close();
    await this.parts.queue?.close();
    await this.parts.repositories.close();
  }
}
