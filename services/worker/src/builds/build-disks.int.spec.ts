import { newId, type WorkspaceId } from '@weir/domain';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BuildDisks } from './build-disks.ts';

const MIB = 2 ** 20;

/** Works on a lent disk. */
async function use<T>(disks: BuildDisks, workspace: WorkspaceId, work: (folder: string) => Promise<T>): Promise<T> {
  const { folder, giveBack } = await disks.lend(workspace);
  return work(folder).finally(giveBack);
}

const workspace = newId('workspace', Date.now(), randomBytes(16));
const other = newId('workspace', Date.now(), randomBytes(16));

describe.skipIf(process.getuid?.() !== 0)('a disk for builds (needs root, to mount)', () => {
  let folder: string;
  const warnings: unknown[] = [];
  const disks = (size = 64 * MIB, hostFloor?: number) => new BuildDisks({ folder, size, uid: 65_534, ...(hostFloor !== undefined && { hostFloor }), logger: { warn: (...said: unknown[]) => void warnings.push(said), info: () => undefined } });
  const fill = (name: string, mib: number) => async (path: string) => {
    await mkdir(join(path, name));
    await writeFile(join(path, name, 'data'), randomBytes(mib * MIB));
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-disks-'));
    warnings.length = 0;
  });
  afterEach(async () => {
    for (const name of await readdir(folder)) spawnSync('umount', ['--quiet', '--', join(folder, name)]);
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps what was written for the next, and ends what writes without end', async () => {
    await use(disks(), workspace, fill('cache', 1));
    expect(await use(disks(), workspace, (path) => readdir(path))).toContain('cache');
    await expect(use(disks(), workspace, fill('flood', 80))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(warnings).toEqual([]);
  });

  it('is made anew for the next build once it is too full, but not under one that still works', async () => {
    const both = disks();
    await use(both, workspace, fill('cache', 40));
    const seen = await use(both, workspace, async (path) => {
      await fill('working', 5)(path);
      return use(both, workspace, (again) => readdir(again));
    });
    expect(seen).toContain('working');
    await use(both, workspace, fill('cache', 40));
    expect(await use(both, workspace, (path) => readdir(path))).not.toContain('cache');
  });

  it('of another workspace goes when the host runs full, unless somebody works on it; then nothing is built', async () => {
    const [other, working] = [newId('workspace', Date.now(), randomBytes(16)), newId('workspace', Date.now(), randomBytes(16))];
    for (const each of [other, workspace]) await use(disks(), each, fill('cache', 1));
    const full = disks(64 * MIB, Number.MAX_SAFE_INTEGER);
    await expect(use(full, workspace, () => Promise.resolve())).rejects.toMatchObject({ failure: { code: 'build.host_disk_full' } });
    expect((await readdir(folder)).filter((name) => !name.endsWith('.disk'))).toEqual([workspace]);

    let floor = 0;
    const tight = new BuildDisks({ folder, size: 64 * MIB, uid: 65_534, get hostFloor() { return floor; }, logger: { warn: () => undefined, info: () => undefined } });
    await use(tight, working, async (path) => {
      await fill('working', 1)(path);
      floor = Number.MAX_SAFE_INTEGER;
      await expect(use(tight, other, () => Promise.resolve())).rejects.toMatchObject({ failure: { code: 'build.host_disk_full' } });
      expect(await readdir(path)).toContain('working');
    });
    expect((await readdir(folder)).filter((name) => name.startsWith(workspace))).toEqual([]);
  });

  it('that is all but full is not given to another build before it was made anew', async () => {
    const both = disks(128 * MIB);
    const [filled, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = use(both, workspace, async (path) => {
      await fill('flood', 104)(path);
      filled.resolve();
      await done.promise;
      return readdir(path);
    });
    await filled.promise;
    let begun = false;
    const second = use(both, workspace, (path) => {
      begun = true;
      return readdir(path);
    });
    await use(both, other, (path) => readdir(path)); // takes longer than lending a disk that is there
    expect(begun).toBe(false);
    done.resolve();
    expect(await first).toContain('flood');
    expect(await second).not.toContain('flood');
  });

  it.each([
    ['a link in the place of a folder', (path: string) => symlink('/', join(path, 'environments'))],
    ['a file in the place of a folder', (path: string) => writeFile(join(path, 'environments'), '')],
    ['a folder that nobody may enter', (path: string) => mkdir(join(path, 'environments'), { mode: 0 })],
  ])('is made anew when a build left %s', async (_, spoil) => {
    await use(disks(), workspace, spoil);
    expect(await use(disks(), workspace, (path) => readdir(path))).toEqual(['lost+found']);
  });
});

it('is a plain folder where nothing can be mounted, and says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-disks-'));
  const warnings: unknown[] = [];
  const disks = new BuildDisks({ folder, size: -1, uid: process.getuid?.() ?? 0, logger: { warn: (...said: unknown[]) => void warnings.push(said), info: () => undefined } });
  await use(disks, workspace, (path) => writeFile(join(path, 'x'), 'x'));
  expect(await use(disks, workspace, (path) => readdir(path))).toEqual(['x']);
  expect(warnings).toHaveLength(1);
  await rm(folder, { recursive: true, force: true });
});
