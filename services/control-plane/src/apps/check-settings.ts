import { Injectable } from '@nestjs/common';
import type { SourceInput } from '@weir/contracts';
import { Conflict } from '@weir/domain';
import type { z } from 'zod';
import { Config } from '../config.ts';
import { Pythons } from '../pythons/pythons.ts';
import { requireGitUrl } from './source.ts';

interface Settings {
  readonly source?: z.infer<typeof SourceInput> | undefined;
  readonly python?: string | null | undefined;
}

/** Which settings this installation takes. */
@Injectable()
export class CheckSettings {
  constructor(private readonly config: Config, private readonly pythons: Pythons) {}

  /** @throws Invalid if the source or the Python version is not one that this installation takes */
  async execute({ source, python }: Settings): Promise<void> {
    if (source?.kind === 'git') requireGitUrl(source.url, this.config.allowedGitHosts);
    if (python) await this.pythons.requireOffered(python, 'python');
  }
}

export const hostnameTaken = (hostname: string): Conflict => new Conflict('app.hostname_taken', `The hostname ${hostname} is taken.`);
