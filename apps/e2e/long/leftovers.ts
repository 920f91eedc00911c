import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { column } from '../src/support/database.ts';
import { Docker } from '../src/support/docker.ts';
import { execute, type Installation } from '../src/support/weir.ts';

/** What is there and should not be, and the other way round; empty where an installation has what its database says. */
export interface Leftovers {
  readonly [what: string]: readonly string[];
}

/** Compares what an installation has on its machine with what its database says it should have. */
export async function leftovers(installation: Installation): Promise<Leftovers> {
  const docker = new Docker(installation);
  const of = (query: string) => column(installation, query);
  const instances = await of(`select id from instance where not (desired = 'stopped' and status in ('stopped', 'crashed'))`);
  const workspaces = await of('select distinct workspace_id from app');
  const secrets = `/run/weir/${docker.id}`;
  const cache = join(installation.dataDir, 'cache');
  const found = {
    'build containers': difference(await docker.containers('build'), []),
    'git sandboxes': difference(await docker.containers('git'), []),
    instances: difference((await docker.inspect('instance')).map(({ Config }) => Config.Labels['weir.instance'] ?? ''), instances),
    networks: difference(await docker.networks(), await of('select id from app')),
    images: difference(await docker.images('image'), await of('select image from release where pruned_at is null')),
    environments: await strayEnvironments(docker, await of('select environment from release where pruned_at is null')),
    mounts: difference(mountsBelow(installation.dataDir), workspaces.map((workspace) => join(cache, workspace))),
    'loop devices': difference(await loopDevicesBelow(installation.dataDir), workspaces.map((workspace) => join(cache, `${workspace}.disk`))),
    'secrets folders': difference(entries(secrets).filter((name) => name.startsWith('ins_')), instances),
    'exits of sandboxes': entries(join(secrets, 'egress')),
    'build folders': entries(join(installation.dataDir, 'builds')),
    'claims on disk': entries(join(installation.dataDir, 'held-builds')),
    'environments being made': workspaces.flatMap((workspace) => entries(join(cache, workspace, 'environments'))),
  };
  return Object.fromEntries(Object.entries(found).filter(([, items]) => items.length > 0));
}

function difference(there: readonly string[], wanted: readonly string[]): string[] {
  const [have, want] = [new Set(there), new Set(wanted)];
  return [...[...have].filter((one) => !want.has(one)).map((one) => `too many: ${one}`), ...[...want].filter((one) => !have.has(one)).map((one) => `missing: ${one}`)];
}

/** One that no release needs stays only while another is stored upon it. */
async function strayEnvironments(docker: Docker, wanted: readonly string[]): Promise<string[]> {
  const there = await docker.images('environment');
  const { stdout } = there.length === 0 ? { stdout: '' } : await execute('docker', ['inspect', '--format', '{{.Parent}}', ...there, ...(await docker.images('image'))]);
  const parents = new Set(stdout.split('\n'));
  return difference(there.filter((image) => !parents.has(image) || wanted.includes(image)), wanted);
}

const entries = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

const mountsBelow = (folder: string): string[] => readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1] ?? '').filter((path) => path.startsWith(`${folder}/`));

async function loopDevicesBelow(folder: string): Promise<string[]> {
  const { stdout } = await execute('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE']);
  return stdout.split('\n').map((line) => line.trim()).filter((path) => path.startsWith(`${folder}/`));
}
