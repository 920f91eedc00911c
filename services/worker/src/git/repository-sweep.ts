import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { InternalClient } from '@weir/api-client';
import type { Logger } from '@weir/telemetry';
import type { GitRepositories } from './git-repositories.ts';

const EVERY_MS = 60_000;

/** Removes the repositories of apps that were deleted. */
export class RepositorySweep implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: InternalClient,
    private readonly repositories: GitRepositories,
    private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#sweep(), EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #sweep(): Promise<void> {
    try {
      const { apps } = await this.client.instances(-1, 0);
      await this.repositories.keepOnly(new Set(apps));
    } catch (error) {
      this.log.debug({ err: error }, 'repositories.sweep_failed'); // the control plane is away; the next round is soon
    }
  }
}
