import { InternalClient } from '@weir/api-client';
import { TENANTS_TRUSTED } from '@weir/domain';
import { assertAddressesFree, assertContainerRuntime, assertFirewall, checkGateway, DataFolder, type Endpoint, exposureOf, gatewaySettingsOf, gitHostOf, listenAddressOf, openDocker, portOf, prepare, processSpecs, Progress, publicAddresses, Refusal, runSupervisor, type Settings, settingsOf, spawnSupervisor, stopSupervisor, supervisorStatus, type UpPlan, USUAL_RUNTIME, waitReady, workerSettingsOf } from '@weir/installation';
import { isDeepStrictEqual } from 'node:util';
import { ask, type PlatformOptions, rootFolder, writerFor } from '../where.ts';

export interface UpOptions extends PlatformOptions {
  readonly detach?: boolean;
  readonly port?: string;
  readonly listen?: readonly string[];
  readonly yes?: boolean;
  readonly allowGitHost?: readonly string[];
  readonly trustTenants?: boolean;
}

/** What `up` says once all is ready. */
interface UpResult extends Endpoint {
  readonly signInUrl: string;
  readonly token: string;
  readonly dataDir: string;
}

export async function up(options: UpOptions): Promise<void> {
  const write = writerFor(options.json);
  const data = new DataFolder(options.dataDir);
  const settings = settingsFrom(options, data);
  const running = await supervisorStatus(data);
  if (running && isDeepStrictEqual(settings, data.settings)) return finish(options, data, JSON.parse(data.read('plan.json')) as UpPlan, write);
  if (!options.yes && !process.stdin.isTTY) throw new Refusal('up.consent_needed', 'Without a terminal, up installs what is missing only with --yes.');

  await checkGateway(rootFolder(), settings);
  if (running) {
    await assertAddressesFree(settings, publicAddresses(data.settings));
    await assertContainerRuntime(openDocker(), settings.worker.WEIR_CONTAINER_RUNTIME ?? USUAL_RUNTIME);
    await assertFirewall(settings);
  }
  const progress = new Progress(write);
  if (running) await progress.step('stopping, to start with other settings', () => stopSupervisor(data));
  const plan = await prepare({
    root: rootFolder(),
    dataDir: options.dataDir,
    settings,
    consent: async (question) => options.yes ?? ask(question),
    progress,
  });
  data.write('plan.json', JSON.stringify(plan));
  if (options.detach) {
    await spawnSupervisor(data, [process.argv[1] ?? '', 'supervise', '--data-dir', data.path]);
    return finish(options, data, plan, write);
  }
  await runSupervisor(data.path);
  await finish(options, data, plan, write);
}

async function finish(options: UpOptions, data: DataFolder, plan: UpPlan, write: (text: string) => void): Promise<void> {
  const token = data.read('internal-token').trim();
  await new Progress(write).step('control plane, worker, console, gateway', () => waitReady(processSpecs(plan, data), token));
  const gatewayUrl = `http://127.0.0.1:${plan.port}`;
  const controlPlaneUrl = `http://127.0.0.1:${plan.ports.controlPlane}`;
  data.endpoint = { consoleUrl: plan.consoleUrl, gatewayUrl, apiUrl: gatewayUrl, appsDomain: plan.appsDomain, controlPlaneUrl };
  const link = await new InternalClient({ baseUrl: controlPlaneUrl, token }).createSignInLink();
  const result: UpResult = { ...data.endpoint, signInUrl: link.url, token: data.read('cli-token').trim(), dataDir: data.path };
  const exposure = exposureOf(data.settings);
  if (exposure) write(`\n${exposure}\n`);
  if (data.settings.trustTenants) write(`\n${TENANTS_TRUSTED.detail}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else write(`\nConsole   ${result.consoleUrl}\nSign in   ${result.signInUrl}\n          (works once, for 15 minutes; ./weir signin-link makes another)\n`);
}

/** What this start names, and for the rest what the last one did. */
const settingsFrom = ({ port, listen, allowGitHost, trustTenants }: UpOptions, data: DataFolder): Settings => ({
  ...data.settings,
  ...settingsOf(process.env),
  gateway: gatewaySettingsOf(process.env, data.settings.gateway),
  worker: workerSettingsOf(process.env, data.settings.worker),
  ...(port !== undefined && { port: portOf(port) }),
  ...(listen && { listen: listen.map(listenAddressOf) }),
  ...(allowGitHost && { allowedGitHosts: allowGitHost.map(gitHostOf) }),
  ...(trustTenants !== undefined && { trustTenants }),
});
