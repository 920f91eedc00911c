import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourcesList } from './apt-sources.ts';
import { KEYRING, MIN_VALID_DAYS } from './debian-release.ts';
import { ImageNotMade } from './image-request.ts';
import { runProgram } from './run-program.ts';

const PACKAGES = 'python3,python3-venv,ca-certificates,tini';

/** Left out of the image: what no app reads at run time. */
export const LEFT_OUT = ['./var/lib/apt/lists/*', './var/cache/apt/*', './usr/share/doc/*', './usr/share/man/*', './usr/share/locale/*', './usr/share/info/*', './var/log/*', './debootstrap', './etc/resolv.conf', './etc/hostname', './proc/*', './sys/*', './dev/*', './tmp/*'];

/** Later `apt-get install`s leave the same out, and need no fsync: an image that was cut short is not an image. */
export const DPKG_OPTIONS = 'path-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\npath-exclude=/usr/share/locale/*\npath-exclude=/usr/share/info/*\nforce-unsafe-io\n';

/** What `MIN_VALID_DAYS` says, for the `apt-get update` of builders and builds. */
export const APT_OPTIONS = `Acquire::Min-ValidTime "${MIN_VALID_DAYS * 86_400}";\n`;

/** Folders every image of ours has; the instance's and sandbox's mounts land on them. */
export const FOLDERS = ['app', 'opt/weir', 'opt/env', 'run/secrets', 'home/app'];
export const APP_USER = 'app:x:10000:10000::/home/app:/usr/sbin/nologin\n';
export const APP_GROUP = 'app:x:10000:\n';

const STEPS: readonly [RegExp, string][] = [
  [/^I: Retrieving (?!InRelease|Packages)/, 'fetching Debian packages'],
  [/^I: Extracting /, 'unpacking'],
  [/^I: Installing core packages/, 'installing core packages'],
  [/^I: Configuring /, 'configuring'],
];

/** All Debian suites are made alike; this one's script is there whatever suites the host's debootstrap knows by name. */
const SCRIPT = '/usr/share/debootstrap/scripts/sid';

export const leftoverPrefix = (installation: string): string => `weir-base-${installation}-`;

/** What this process lacks to make a Debian, if anything. */
export function lackOf(): string | undefined {
  if (process.getuid?.() !== 0) return 'root';
  return existsSync(SCRIPT) ? undefined : 'debootstrap on this host';
}

export interface DebianRequest {
  readonly installation: string;
  readonly python: string;
  readonly suite: string;
  readonly mirror: string;
  readonly say: (step: string) => void;
}

/** A minimal Debian with Python in a folder of this host. Needs root and debootstrap. @throws ImageNotMade, with no folder left */
export async function makeRootFilesystem({ installation, python, suite, mirror, say }: DebianRequest): Promise<{ folder: string; remove: () => Promise<void> }> {
  const lack = lackOf();
  if (lack !== undefined) throw new ImageNotMade(`No registry answers, and making a base image from the Debian mirror needs ${lack}.`);
  const folder = await mkdtemp(join(tmpdir(), leftoverPrefix(installation)));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  let last = '';
  try {
    await runProgram('debootstrap', ['--variant=minbase', '--force-check-gpg', `--keyring=${KEYRING}`, `--include=${PACKAGES}`, suite, folder, mirror, SCRIPT], (line) => {
      const step = STEPS.find(([pattern]) => pattern.test(line))?.[1];
      if (step && step !== last) say((last = step));
    });
    const has = await readlink(join(folder, 'usr/bin/python3'));
    if (has !== `python${python}`) throw new Error(`its python3 is ${has} now`);
    for (const name of FOLDERS) await mkdir(join(folder, name), { recursive: true });
    await appendFile(join(folder, 'etc/passwd'), APP_USER);
    await appendFile(join(folder, 'etc/group'), APP_GROUP);
    await writeFile(join(folder, 'etc/apt/sources.list'), sourcesList(mirror, suite));
    await writeFile(join(folder, 'etc/apt/apt.conf.d/weir'), APT_OPTIONS);
    await writeFile(join(folder, 'etc/dpkg/dpkg.cfg.d/weir'), DPKG_OPTIONS);
  } catch (error) {
    await remove();
    throw new ImageNotMade(`The base image could not be made from ${mirror} (${suite}): ${(error as Error).message}`, { cause: error });
  }
  return { folder, remove };
}
