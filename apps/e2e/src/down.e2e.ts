import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Docker } from './support/docker.ts';
import { installation } from './support/shared.ts';
import { execute } from './support/weir.ts';

/** Takes down the installation that all files share: this file runs last. */
describe('down --destroy', () => {
  it('leaves nothing of the installation on the machine', async () => {
    const docker = new Docker(installation);
    await installation.deploy('examples/hello', '--hostname', 'last');
    const inEngine = async () => ({ containers: await docker.containers(), networks: await docker.networks(), images: await docker.images(), volumes: await docker.volumes(), named: await docker.named() });
    const rules = async () => (await Promise.all(['iptables', 'ip6tables'].map((family) => execute(`${family}-save`, [])))).flatMap(({ stdout }) => stdout.split('\n')).filter((line) => line.includes(docker.id) || line.includes(`w${docker.id.slice(0, 4)}`));
    const mounts = () => readFileSync('/proc/mounts', 'utf8').split('\n').filter((line) => line.includes(docker.id) || line.includes(installation.dataDir));
    const folders = () => [installation.dataDir, `/run/weir/${docker.id}`, `/var/lib/weir/${docker.id}`].filter((path) => existsSync(path));
    const processes = async () => (await execute('ps', ['-eo', 'args'])).stdout.split('\n').filter((line) => line.includes(installation.dataDir) || line.includes(`weir/${docker.id}`));

    const before = await inEngine();
    for (const what of ['containers', 'networks', 'images', 'named'] as const) expect(before[what], what).not.toEqual([]);
    expect(await rules()).not.toEqual([]);
    expect(await processes()).not.toEqual([]);

    await installation.destroy();
    expect(await inEngine()).toEqual({ containers: [], networks: [], images: [], volumes: [], named: [] });
    expect(await rules()).toEqual([]);
    expect(mounts()).toEqual([]);
    expect(folders()).toEqual([]);
    expect(await processes()).toEqual([]);
  });
});
