import { Command } from 'commander';
import type { UpOptions } from './run/up.ts';
import { defaultDataDir } from './where.ts';

/** An option that may be given more than once. */
const each = (value: string, former: readonly string[] = []): readonly string[] => [...former, value];

export function upCommand(): Command {
  return new Command('up')
    .description('Start Weir on this machine')
    .option('--data-dir <dir>', 'where this installation keeps its data', defaultDataDir())
    .option('--detach', 'return once all is ready')
    .option('--port <n>', 'the public port (8080)')
    .option('--listen <address[:port]>', 'listen there too, beside this machine itself; 127.0.0.1: nowhere else any more', each)
    .option('--yes', 'install what is missing without asking')
    .option('--allow-git-host <host[:port]>', 'a private Git host, or one without TLS, that apps may come from', each)
    .option('--trust-tenants', 'start where no firewall can be set: apps then reach this host, each other and private networks')
    .option('--no-trust-tenants', 'only start where a firewall holds apps')
    .option('--json', 'print one JSON document as the last line')
    .action(async (options: UpOptions) => (await import('./run/up.ts')).up(options));
}
