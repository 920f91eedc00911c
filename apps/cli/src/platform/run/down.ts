import { DataFolder, destroy, emptyOutsideStores, openDocker, Progress, Refusal, removeContainers, stopOrphanProcesses, stopSupervisor, unmountDisks } from '@weir/installation';
import { ask, type PlatformOptions, rootFolder, writerFor } from '../where.ts';

export interface DownOptions extends PlatformOptions {
  readonly destroy?: boolean;
  readonly yes?: boolean;
}

export async function down(options: DownOptions): Promise<void> {
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
