import { Command } from 'commander';
import type { DownOptions } from './run/down.ts';
import { defaultDataDir } from './where.ts';

export function downCommand(): Command {
  return new Command('down')
    .description('Stop the platform and its apps')
    .option('--data-dir <dir>', 'data folder', defaultDataDir())
    .option('--destroy', 'remove everything this installation ever made, in Docker too')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action(async (options: DownOptions) => (await import('./run/down.ts')).down(options));
}
