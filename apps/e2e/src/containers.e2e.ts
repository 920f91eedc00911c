import { beforeAll, describe, expect, it } from 'vitest';
import { column } from './support/database.ts';
import { type Container, Docker } from './support/docker.ts';
import { WorkTree } from './support/git.ts';
import { installation } from './support/shared.ts';

const docker = new Docker(installation);
let app: string;
beforeAll(async () => {
  ({ app } = await installation.deploy('examples/hello', '--hostname', 'fenced'));
});

/** Where an image is made: no program of a tenant runs there, and root writes the root, which is what becomes the image. */
const makesImage = ({ Name }: Container): boolean => /-(pack|image)$/.test(Name);

/** security.md §3, for all that a tenant's code runs in. */
function expectConfined({ Config, HostConfig }: Container): void {
  expect(Config.User, JSON.stringify(Config.Labels)).toMatch(/^[1-9]\d{4}:[1-9]\d{4}$/);
  expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, Init: true });
  expect(HostConfig['CapAdd'] ?? []).toEqual([]);
}

/** The rest of it, for every container. */
function expectFence({ HostConfig, NetworkSettings }: Container): void {
  expect(HostConfig).toMatchObject({ Privileged: false, PublishAllPorts: false, CapDrop: ['ALL'], IpcMode: 'private', CgroupnsMode: 'private', PidMode: '', UTSMode: '', UsernsMode: '', RestartPolicy: { Name: 'no' } });
  for (const none of ['Devices', 'DeviceCgroupRules', 'GroupAdd', 'VolumesFrom', 'ExtraHosts']) expect(HostConfig[none] ?? [], none).toEqual([]);
  expect(HostConfig['PortBindings'] ?? {}).toEqual({});
  expect(NetworkSettings.Ports).toEqual({});
  const seccomp = HostConfig.SecurityOpt.find((option) => option.startsWith('seccomp='))?.slice('seccomp='.length) ?? '{}';
  expect(JSON.parse(seccomp)).toMatchObject({ defaultAction: 'SCMP_ACT_ERRNO' });
  expect(HostConfig.SecurityOpt).toContain('no-new-privileges:true');
  expect(HostConfig.Memory).toBeGreaterThan(0);
  expect(HostConfig['MemorySwap']).toBe(HostConfig.Memory);
  expect(HostConfig['PidsLimit']).toBeGreaterThan(0);
  expect(HostConfig['NanoCpus']).toBeGreaterThan(0);
  expect((HostConfig.Binds ?? []).filter((bind) => bind.includes('docker.sock'))).toEqual([]);
}

describe('every container', () => {
  it('is fenced in, from before a build to after it', async () => {
    const tree = await WorkTree.create({ 'main.py': "from fastapi import FastAPI\napp = FastAPI()\n", 'requirements.txt': 'fastapi\nuvicorn\nsortedcontainers\n' });
    let isLive = false;
    const deployed = installation.deploy(tree.folder, '--hostname', 'watched').finally(() => (isLive = true));
    const seen = new Map<string, Container>();
    while (!isLive) for (const container of await docker.inspect()) seen.set(container.Id, container);
    await deployed;
    const containers = [...seen.values()];
    expect(containers.map(({ Config }) => Config.Labels['weir.kind'])).toEqual(expect.arrayContaining(['instance', 'git', 'build']));
    expect(new Set(containers.filter(makesImage).map(({ Name }) => Name.split('-').at(-1)))).toEqual(new Set(['pack', 'image']));
    for (const container of containers) expectFence(container);
    for (const container of containers.filter((one) => !makesImage(one))) expectConfined(container);
    expect(containers.filter(makesImage).flatMap(({ HostConfig }) => HostConfig['CapAdd'] ?? []).filter((name) => !/^(CAP_)?DAC_READ_SEARCH$/.test(String(name)))).toEqual([]);
  });

  it('of an app has its limits, a user and a network of its own, and only its secrets from the host', async () => {
    const instances = await docker.inspect('instance');
    for (const { Config, HostConfig, NetworkSettings } of instances) {
      const labels = Config.Labels;
      expect(labels).toMatchObject({ 'weir.installation': docker.id, 'weir.kind': 'instance', 'weir.attempt': expect.stringMatching(/^\d+$/) as string });
      for (const name of ['app', 'workspace', 'release', 'deployment', 'instance']) expect(labels[`weir.${name}`], name).toMatch(/^[a-z]{3}_[0-9a-z]{26}$/);
      expect(Object.keys(NetworkSettings.Networks)).toEqual([`weir-${docker.id}-network-${labels['weir.app']}`]);
      expect(HostConfig).toMatchObject({ Memory: 1024 ** 3, PidsLimit: 256, NanoCpus: 1e9 });
      expect(HostConfig.Binds).toEqual([`/run/weir/${docker.id}/${labels['weir.instance']}:/run/secrets:ro`]);
    }
    const apps = new Set(instances.map(({ Config }) => Config.Labels['weir.app']));
    expect(apps.size).toBeGreaterThan(0);
    expect(new Set(instances.map(({ Config }) => Config.User)).size).toBe(apps.size);
  });

  it('of a sandbox has no network at all', async () => {
    const sandboxes = (await docker.inspect()).filter(({ Config }) => !['instance', 'canary'].includes(Config.Labels['weir.kind'] ?? ''));
    for (const { HostConfig } of sandboxes) expect(HostConfig.NetworkMode).toBe('none');
  });
});

describe('after an app is deleted', () => {
  it('Docker has what the database says, and nothing of that app', async () => {
    const images = await column(installation, `select image from release where app_id = '${app}'`);
    expect(await docker.images('image')).toEqual(expect.arrayContaining(images));
    expect(await docker.networks()).toContain(app);

    expect((await installation.weir('delete', app, '--yes')).code).toBe(0);
    const inDocker = async () => ({
      instances: (await docker.inspect('instance')).map(({ Config }) => Config.Labels['weir.instance'] ?? '').toSorted(),
      sandboxes: (await docker.inspect()).filter(({ Config }) => Config.Labels['weir.app'] === app).length,
      networks: await docker.networks(),
      images: (await docker.images('image')).filter((image) => images.includes(image)),
    });
    const inDatabase = async () => ({
      instances: await column(installation, "select id from instance where desired <> 'stopped'"),
      sandboxes: 0,
      networks: await column(installation, "select distinct app_id from instance where desired <> 'stopped'"),
      images: [],
    });
    await expect.poll(async () => [await inDocker(), await inDatabase()].map((seen) => JSON.stringify(seen)), { timeout: 60_000, interval: 500 }).toSatisfy(([docker, database]: string[]) => docker === database);
    const live = await column(installation, 'select image from release where id in (select release_id from app)');
    expect(await docker.images('image')).toEqual(expect.arrayContaining(live));
    const known = await column(installation, 'select image from release');
    expect((await docker.images('image')).filter((image) => !known.includes(image))).toEqual([]);
  });
});
