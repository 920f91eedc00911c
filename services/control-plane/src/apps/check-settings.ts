import type { SourceInput } from '@weir/contracts';
import { Conflict, Invalid } from '@weir/domain';
import type { z } from 'zod';
import type { Config } from '../config.ts';
import { requireGitUrl } from './source.ts';

/** @throws Invalid if the source or the Python version is not one that this installation takes */
export function checkSettings({ source, python }: { source?: z.infer<typeof SourceInput> | undefined; python?: string | null | undefined }, config: Config): void {
  if (source?.kind === 'git') requireGitUrl(source.url, config.allowedGitHosts);
  if (python && config.pythons.length > 0 && !config.pythons.includes(python)) {
    throw new Invalid('app.python_unavailable', `Python ${python} is not available here. There is ${config.pythons.join(', ')}.`, 'python');
  }
}

export const hostnameTaken = (hostname: string): Conflict => new Conflict('app.hostname_taken', `The hostname ${hostname} is taken.`);
