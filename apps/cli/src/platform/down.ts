import { Command } from 'commander';
import { defaultDataDir, type PlatformOptions } from './where.ts';

export interface DownOptions extends PlatformOptions {
  readonly destroy?: boolean;
  readonly yes?: boolean;
}

export function downCommand(): Command {
  return new Command('down')
    .description('Stop the platform and its apps')
    .option('--data-dir <dir>', 'data folder', defaultDataDir())
    .option('--destroy', 'remove everything this installation ever made, in Docker too')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action(async (options: DownOptions) => (await import('./run/down.ts')).down(options));
}
