import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.ts';
import { PEERS_FOLDER } from './peers/node-proxies.ts';

const PACKAGES = [{ program: 'nginx', package: 'nginx-light' }, { program: 'haproxy', package: 'haproxy' }];
/** Debian puts both here, which is not on every user's PATH. */
const FOLDER = '/usr/sbin';
const POLICY = '/usr/sbin/policy-rc.d';

/** Brings what is missing, and says so. @throws Error where it may not or cannot */
export async function installPeers(say: (text: string) => void): Promise<void> {
  const missing = PACKAGES.filter(({ program }) => !existsSync(join(FOLDER, program)));
  if (missing.length > 0) await installPackages(missing.map((each) => each.package), say);
  if (!existsSync(join(PEERS_FOLDER, 'node_modules'))) {
    say('installing the Node proxies that bench/peers pins');
    await run('npm', ['ci', '--prefix', PEERS_FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', '--silent']);
  }
}

async function installPackages(packages: readonly string[], say: (text: string) => void): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error(`This benchmark compares with nginx and HAProxy. Install them first: sudo apt-get install ${packages.join(' ')}`);
  say(`installing ${packages.join(' and ')} with apt-get; they are not started as services`);
  const apt = (...args: string[]): Promise<string> => run('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args]);
  await apt('update');
  await withoutServices(() => apt('install', '--yes', '--no-install-recommends', ...packages));
  for (const { program } of PACKAGES.filter((each) => packages.includes(each.package))) await run('update-rc.d', [program, 'disable']);
}

/** Debian starts what it installs, unless this script says no (invoke-rc.d(8): 101, action forbidden). */
async function withoutServices(install: () => Promise<unknown>): Promise<void> {
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  await install().finally(() => isOurs && rmSync(POLICY));
}
