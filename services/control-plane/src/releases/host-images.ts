import { Inject, Injectable } from '@nestjs/common';
import { MissingImages } from '@weir/contracts';
import type { Rows } from '@weir/database';
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

  /**
   * Whether a release has to be built again before it can run: its image is gone from its machine.
   * A worker that does not answer is no ground to think so: it starts the release when it is back.
   *
   * @throws Conflict if it cannot be built just as it was
   */
  async mustBuild({ image, number, lock }: Pick<Rows.Release, 'image' | 'number' | 'lock'>): Promise<boolean> {
    const isMissing = await this.#isMissing(image);
    if (isMissing && lock === null) throw new Conflict('release.image_missing', `The image of release ${number} is gone from its machine, and which packages it had is not known, so one cannot go back to it. Deploy its commit again instead.`);
    return isMissing;
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
