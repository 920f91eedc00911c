import Docker from 'dockerode';
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ensurePackages, hasProgram, mayInstallPackages } from './host-packages.ts';
import { Refusal } from './refusal.ts';
import { run } from './run.ts';

const START_LIMIT_MS = 60_000;
const ENGINE_LOG = '/var/log/weir-dockerd.log';

/** DOCKER_HOST's engine, else the local socket's. */
export const openDocker = (): Docker => new Docker();

async function answers(docker: Docker): Promise<boolean> {
  return docker.ping().then(() => true, () => false);
}

async function startEngine(): Promise<void> {
  if (existsSync('/run/systemd/system')) return void (await run('systemctl', ['start', 'docker']));
  const log = openSync(ENGINE_LOG, 'a');
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`; // dockerd looks for iptables there
  spawn('dockerd', [], { detached: true, stdio: ['ignore', log, log], env: { ...process.env, PATH: path } }).unref();
}

interface EnsureDocker {
  /** Asked before anything is installed; not asked when the engine is there. */
  readonly consent: (question: string) => Promise<boolean>;
  readonly say: (text: string) => void;
}

/**
 * A Docker Engine that answers: the one there is, else one installed from Debian's packages and started.
 *
 * @throws Refusal `docker.unavailable`, saying what to do
 */
export async function ensureDocker({ consent, say }: EnsureDocker): Promise<Docker> {
  const docker = openDocker();
  if (await answers(docker)) return docker;
  if (process.env['DOCKER_HOST']) throw new Refusal('docker.unavailable', `No Docker Engine answers at DOCKER_HOST=${process.env['DOCKER_HOST']}.`);
  if (!mayInstallPackages()) throw new Refusal('docker.unavailable', 'No Docker Engine answers. Install and start one, or run this as root on Debian or Ubuntu.');
  if (!hasProgram('dockerd')) {
    if (!(await consent('Install Docker Engine (docker.io) with apt-get?'))) throw new Refusal('docker.unavailable', 'Weir needs Docker Engine. Install it, or answer yes, or pass --yes.');
    await ensurePackages({ dockerd: 'docker.io', iptables: 'iptables' }, say);
  }
  say('starting the Docker Engine');
  await startEngine();
  for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit; await delay(100)) if (await answers(docker)) return docker;
  throw new Refusal('docker.unavailable', `The Docker Engine did not start within ${START_LIMIT_MS / 1000} s. See ${ENGINE_LOG}.`);
}
