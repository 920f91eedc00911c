import { assertContainerRuntime, USUAL_RUNTIME } from '@weir/container-runtime-docker';
import { queueRoleOf } from '@weir/domain';
import { ensureBaseImage, ensureBuilderImage } from '@weir/images';
import { assertAddressesFree } from './assert-addresses-free.ts';
import { assertFirewall } from './assert-firewall.ts';
import { DataFolder } from './data-folder.ts';
import { ensureDocker } from './docker-engine.ts';
import { ensureDebianTools } from './host-packages.ts';
import { hostPackageSources } from './package-sources.ts';
import { makeKeys } from './keys.ts';
import { plainAddresses } from './listen-address.ts';
import { claimPorts } from './ports.ts';
import { stopOrphanProcesses } from './orphans.ts';
import { findPostgresHome } from './postgres/home.ts';
import { initialisePostgres } from './postgres/server.ts';
import { checkOutsideStores } from './outside-stores.ts';
import type { UpPlan } from './process-spec.ts';
import type { Progress } from './progress.ts';
import { publicNames } from './public-names.ts';
import type { Settings } from './settings.ts';

export interface PrepareOptions {
  readonly root: string;
  readonly dataDir: string;
  readonly settings: Settings;
  readonly consent: (question: string) => Promise<boolean>;
  readonly progress: Progress;
}

/** The Python of the base image made at first start: the host suite's own, which needs no other mirror. */
const DEFAULT_PYTHON = '3.11';

/** Everything before the first process starts: engine, images, Postgres's folder, keys and ports. */
export async function prepare(options: PrepareOptions): Promise<UpPlan> {
  const { root, settings, progress } = options;
  const data = new DataFolder(options.dataDir);
  const docker = await progress.step('Docker Engine', (say) => ensureDocker({ consent: options.consent, say }));
  await assertContainerRuntime(docker, settings.worker.WEIR_CONTAINER_RUNTIME ?? USUAL_RUNTIME);
  await assertFirewall(settings);
  if (DataFolder.exists(data.path)) await stopOrphanProcesses(data);
  await assertAddressesFree(settings);
  const installation = data.open();
  if (settings.databaseUrl || settings.redisUrl) await progress.step('stores from outside', () => checkOutsideStores(settings, installation));
  data.settings = settings;

  const base = await progress.step(`base image, Python ${DEFAULT_PYTHON}`, async (say) => {
    await ensureDebianTools(say);
    return ensureBaseImage({ docker, installation, python: DEFAULT_PYTHON, say });
  });
  const sources = hostPackageSources();
  const builder = await progress.step('builder image', (say) => ensureBuilderImage({ docker, installation, base, python: DEFAULT_PYTHON, say, ...(sources.caBundle && { caBundle: sources.caBundle }), indexUrl: sources.indexUrl }));

  progress.note(`builds may reach public https hosts, ${[...sources.egressHosts, ...settings.allowedGitHosts].join(', ')}`);

  makeKeys(data);
  const postgres = settings.databaseUrl ? null : await findPostgresHome(data);
  if (postgres) {
    await progress.step('embedded Postgres', async (say) => {
      if (postgres.outside) say(`the user postgres cannot reach ${data.path}: its data lies in ${postgres.outside}`);
      await initialisePostgres(postgres, data.read('postgres-password').trim());
    });
  }
  const ports = await claimPorts(data);
  const databaseUrl = settings.databaseUrl ?? `postgresql://postgres:${data.read('postgres-password').trim()}@127.0.0.1:${ports.postgres}/weir`;
  return {
    root,
    dataDir: data.path,
    port: settings.port,
    listen: plainAddresses(settings),
    ports,
    postgres,
    databaseUrl,
    queueUrl: queueUrl(databaseUrl, installation, data.read('queue-password').trim()),
    redisUrl: settings.redisUrl,
    ...publicNames(settings),
    gateway: settings.gateway,
    worker: settings.worker,
    allowedGitHosts: settings.allowedGitHosts,
    trustTenants: settings.trustTenants,
    baseImages: { [DEFAULT_PYTHON]: base },
    builderImages: { [DEFAULT_PYTHON]: builder },
    sources,
  };
}

/** The worker's own role: it sees the queue's schema and no table of the product. */
function queueUrl(databaseUrl: string, installation: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = queueRoleOf(installation);
  url.password = password;
  return url.href;
}
