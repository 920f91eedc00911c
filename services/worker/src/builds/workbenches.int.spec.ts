import { readdir } from 'node:fs/promises';
import { builderName } from '@weir/images';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BuildDisks } from './build-disks.ts';
import { openBuilds } from './build-fixture.ts';
import { BuildLog } from './build-log.ts';
import type { BuildOrder } from './build-reports.ts';
import { DISK_MOUNT, type Workbench, Workbenches } from './workbenches.ts';

describe('a workbench that is opened beforehand', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let benches: Workbenches;
  let order: BuildOrder;
  const signal = new AbortController().signal;
  const log = new BuildLog('1', () => Promise.resolve());
  const wanted = (builder: string) => ({ order, builder, log, signal });
  const sandboxes = () => builds.docker.listContainers({ all: true, filters: { label: [`weir.deployment=${order.deployment}`] } });
  const works = ({ sandbox, folder: within }: Workbench): Promise<number> => sandbox.run({ argv: ['mkdir', '-p', join(DISK_MOUNT, within)] });

  beforeAll(async () => {
    builds = await openBuilds();
    const disks = new BuildDisks({ folder: join(builds.dataDir, 'benches'), size: 2 ** 26, uid: builds.sandboxes.uid, logger: { warn: () => undefined, info: () => undefined } });
    benches = new Workbenches(builds.sandboxes, builds.settings, disks);
  });
  beforeEach(() => void (order = builds.order({})));
  afterAll(() => builds.close());

  it('is the one that its build takes', async () => {
    benches.expect(wanted(builds.builder));
    const bench = await benches.take(wanted(builds.builder));
    expect([await works(bench), (await sandboxes()).length]).toEqual([0, 1]);
    await bench.close(false);
    expect([await sandboxes(), await readdir(join(bench.disk, 'environments'))]).toEqual([[], []]);
  });

  it('gives way to one of another image', async () => {
    benches.expect(wanted(builderName(builds.installation, builds.settings.defaultPython)));
    const bench = await benches.take(wanted(builds.builder));
    expect([await works(bench), (await sandboxes()).length]).toEqual([0, 1]);
    await bench.close(false);
    expect(await sandboxes()).toEqual([]);
  });

  it('leaves nothing where no build took it', async () => {
    benches.expect(wanted(builds.builder));
    await benches.drop(order);
    expect(await sandboxes()).toEqual([]);
  });
});
