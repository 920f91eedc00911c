import { DataFolder, destroy, emptyOutsideStores, openDocker, Progress, Refusal, removeContainers, stopOrphanProcesses, stopSupervisor, unmountDisks } from '@weir/installation';
import { Command } from 'commander';
import { ask, defaultDataDir, type PlatformOptions, rootFolder, writerFor } from './where.ts';

interface DownOptions extends PlatformOptions {
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
    .action(down);
}

async function down(options: DownOptions): Promise<void> {
  const write = writerFor(options.json);
  if (!DataFolder.exists(options.dataDir)) throw new Refusal('installation.not_found', `There is no installation in ${options.dataDir}.`);
  const data = new DataFolder(options.dataDir);
  const question = `Remove all apps, secrets and logs of the installation in ${data.path}?`;
  if (options.destroy && !options.yes && !(await ask(question))) throw new Refusal('down.consent_needed', 'Nothing was removed: answer yes, or pass --yes.');
  const progress = new Progress(write);
  await progress.step('processes', async () => {
    await stopSupervisor(data);
    await stopOrphanProcesses(data);
  });
  const docker = openDocker();
  await progress.step('apps', () => removeContainers(docker, data.installation), (count) => `${count} containers`);
  await unmountDisks(data);
  const left: string[] = [];
  if (options.destroy) {
    if (data.settings.databaseUrl || data.settings.redisUrl) left.push(...(await progress.step('stores from outside', () => emptyOutsideStores(rootFolder(), data))));
    await progress.step('everything else', () => destroy(docker, data));
  }
  for (const what of left) progress.note(`not removed, because it does not answer: ${what}`);
  if (options.json) process.stdout.write(`${JSON.stringify({ stopped: true, destroyed: options.destroy ?? false, left })}\n`);
}
