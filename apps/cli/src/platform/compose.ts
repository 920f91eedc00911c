import { Command } from 'commander';
import type { PrepareOptions } from './run/compose.ts';
import { defaultDataDir } from './where.ts';

export function composeBasesCommand(): Command {
  return new Command('compose-bases')
    .description('Make the base images of docker-compose.yml; prints an .env for it')
    .argument('[pythons...]', 'further Pythons for apps, such as 3.13')
    .action(async (pythons: string[]) => (await import('./run/compose.ts')).makeBases(pythons));
}

/** What the service `prepare` of docker-compose.yml runs before all others. */
export function composePrepareCommand(): Command {
  return new Command('compose-prepare')
    .description('Prepare the folder of an installation that Compose runs')
    .option('--data-dir <dir>', 'its data folder', defaultDataDir())
    .requiredOption('--gateway-url <url>', 'the gateway, as this machine reaches it')
    .requiredOption('--console-url <url>', 'where people open the console')
    .requiredOption('--apps-domain <domain>', 'the domain below which apps have hostnames')
    .requiredOption('--control-plane-url <url>', 'the control plane, as this machine reaches it')
    .requiredOption('--postgres <host:port>', 'PostgreSQL, as the control plane reaches it')
    .requiredOption('--redis <host:port>', 'Redis, as control plane and worker reach it')
    .action(async (options: PrepareOptions) => (await import('./run/compose.ts')).prepareFolder(options));
}
