import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectDocker } from '../client/connect-docker.ts';
import { bridgePrefix, LABEL } from '../names.ts';
import { leftBehind } from './left-behind.ts';
import { runTool } from './run-tool.ts';
import { testInstallation } from './test-installation.ts';

/** What a process of a container lies in, where the engine makes that by itself; another one may be made beside it. */
const [group] = globSync('/sys/fs/cgroup/{pids/docker,docker}');

/** Plants one of everything, and sees it found and gone again. Needs root. */
describe.skipIf(process.getuid?.() !== 0)('what an installation leaves behind', () => {
  const { calls: docker } = connectDocker();
  const installation = testInstallation();
  const Labels = { [LABEL.installation]: installation };
  const [name, bridge] = [`weir-${installation}-left`, `${bridgePrefix(installation)}left`];
  const left = async () => Object.keys(await leftBehind(docker, [installation])).toSorted();
  const folder = mkdtempSync(join(tmpdir(), `weir-${installation}-left-`));

  beforeAll(() => () => rmSync(folder, { recursive: true, force: true }));

  it('is found in the engine, on the disk, among mounts and devices, and in the packet filter', async () => {
    const context = pack();
    context.entry({ name: 'Dockerfile' }, 'FROM scratch\nCMD ["none"]\n');
    context.finalize();
    const built = (await docker.buildImage(Readable.from(context), { t: name, labels: Labels })) as Readable;
    const over = Promise.withResolvers<unknown>();
    docker.modem.followProgress(built, over.resolve);
    await over.promise;
    const container = await docker.createContainer({ Image: name, Labels, HostConfig: { NetworkMode: 'none' } });
    const network = await docker.createNetwork({ Name: name, Labels, Options: { 'com.docker.network.bridge.name': bridge } });
    await docker.createVolume({ Name: name, Labels });
    const disk = join(folder, 'disk');
    writeFileSync(disk, '');
    truncateSync(disk, 2 ** 20);
    const device = (await runTool('losetup', '--find', '--show', disk)).trim();
    mkdirSync(join(folder, 'mount'));
    await runTool('mount', '-t', 'tmpfs', 'none', join(folder, 'mount'));
    await runTool('iptables', '-w', '5', '-N', `WEIR-${installation}`);
    await runTool('ip', 'netns', 'add', name);
    try {
      expect(await left()).toEqual(['bridges', 'containers', 'folders', 'images', 'loop devices', 'mounts', 'names of images', 'namespaces', 'networks', 'routes', 'rules', 'volumes']);
    } finally {
      await runTool('ip', 'netns', 'delete', name);
      await runTool('iptables', '-w', '5', '-X', `WEIR-${installation}`);
      await runTool('umount', join(folder, 'mount'));
      await runTool('losetup', '--detach', device);
      await docker.getVolume(name).remove();
      await network.remove();
      await container.remove();
      await docker.getImage(name).remove();
    }
    expect(await left()).toEqual(['folders']);
    rmSync(folder, { recursive: true });
    expect(await left()).toEqual([]);
  });

  it.skipIf(group === undefined)('is found where a process outlives its container', async () => {
    const gone = randomBytes(32).toString('hex');
    const its = join(group ?? '', gone);
    mkdirSync(its);
    const survivor: ChildProcess = spawn('sleep', ['60']);
    writeFileSync(join(its, 'cgroup.procs'), String(survivor.pid));
    try {
      expect(await leftBehind(docker, [installation])).toMatchObject({ 'of containers that are gone': expect.arrayContaining([`process ${survivor.pid} of ${gone.slice(0, 12)}`, `group ${gone} of ${gone.slice(0, 12)}`]) });
    } finally {
      survivor.kill();
      await once(survivor, 'exit');
      rmdirSync(its);
    }
  });
});
