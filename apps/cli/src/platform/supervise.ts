import { Command } from 'commander';
import { defaultDataDir } from './where.ts';

/** What `up --detach` runs in the background. */
export function superviseCommand(): Command {
  return new Command('supervise').option('--data-dir <dir>', 'data folder', defaultDataDir()).action(async (options: { dataDir: string }) => (await import('@weir/installation')).runSupervisor(options.dataDir));
}
