import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { KEYRING } from '@weir/images';
import { Refusal } from './refusal.ts';
import { run } from './run.ts';

/** Whether a program is on the PATH or in the folders where Debian keeps administrators' programs, or a file at its absolute path. */
export const hasProgram = (name: string): boolean => {
  if (name.startsWith('/')) return existsSync(name);
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin'];
  return folders.some((folder) => existsSync(`${folder}/${name}`));
};

const isDebian = (): boolean => existsSync('/etc/debian_version') && /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Whether packages can be installed here: Debian or Ubuntu, as root. */
export const mayInstallPackages = (): boolean => process.getuid?.() === 0 && isDebian();

/** What makes base images from a Debian mirror, and verifies what it gets. */
const DEBIAN_TOOLS = { debootstrap: 'debootstrap', wget: 'wget', gpgv: 'gpgv', [KEYRING]: 'debian-archive-keyring' };

/** The programs that make base images, where we may install them; elsewhere a registry has to give those. */
export async function ensureDebianTools(say: (text: string) => void): Promise<void> {
  if (mayInstallPackages()) await ensurePackages(DEBIAN_TOOLS, say);
}

/**
 * Installs Debian packages whose program or file is missing.
 *
 * @throws Refusal `host.package_missing` where packages cannot be installed by us
 */
export async function ensurePackages(wanted: Readonly<Record<string, string>>, say: (text: string) => void): Promise<string[]> {
  const missing = Object.entries(wanted).filter(([program]) => !hasProgram(program)).map(([, name]) => name);
  if (missing.length === 0) return [];
  if (!mayInstallPackages()) throw new Refusal('host.package_missing', `Install ${missing.join(', ')} first: this needs Debian or Ubuntu and root to do it by itself.`);
  say(`apt-get install ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '--', ...missing], { env });
  return missing;
}
