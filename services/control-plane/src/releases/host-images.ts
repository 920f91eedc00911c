import { Inject, Injectable } from '@nestjs/common';
import { MissingImages } from '@weir/contracts';
import { Conflict } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import { Config } from '../config.ts';
import { askWorker } from '../http/ask-worker.ts';
import { LOGGER } from '../http/logger.ts';

const LIMIT_MS = 3000;

/** What the worker's engine has. The database knows what should be there; only the engine knows what is. */
@Injectable()
export class HostImages {
  constructor(private readonly config: Config, @Inject(LOGGER) private readonly log: Logger) {}

  /** A worker that does not answer is no ground to refuse: it starts the release when it is back. @throws Conflict */
  async require(image: string, release: number): Promise<void> {
    if (await this.#isMissing(image)) throw new Conflict('release.image_missing', `The image of release ${release} is gone from its machine, so one cannot go back to it. Deploy its commit again instead.`);
  }

  async #isMissing(image: string): Promise<boolean> {
    try {
      const response = await askWorker(this.config, { method: 'POST', path: '/internal/images/missing', body: { images: [image] }, limitMs: LIMIT_MS });
      if (!response.ok) throw new Error(`the worker answered ${response.status}`);
      return MissingImages.parse(await response.json()).missing.includes(image);
    } catch (error) {
      this.log.warn({ err: error }, 'images.unknown');
      return false;
    }
  }
}
