import { newId } from '@weir/domain';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BuildDisks } from './build-disks.ts';

const MIB = 2 ** 20;
const workspace = newId('workspace', Date.now(), randomBytes(16));
const other = newId('workspace', Date.now(), randomBytes(16));

describe.skipIf(process.getuid?.() !== 0)('a disk for builds (needs root, to mount)', () => {
  let folder: string;
  const warnings: unknown[] = [];
  const disks = (size = 64 * MIB) => new BuildDisks({ folder, size, uid: 65_534, logger: { warn: (...said: unknown[]) => void warnings.push(said) } });
  const fill = (name: string, mib: number) => (path: string) => writeFile(join(path, name), randomBytes(mib * MIB));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-disks-'));
    warnings.length = 0;
  });
  afterEach(async () => {
    for (const each of [workspace, other]) if (existsSync(join(folder, `${each}.disk`))) execFileSync('umount', ['--quiet', '--', join(folder, each)]);
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps what was written for the next, and ends what writes without end', async () => {
    await disks().use(workspace, fill('cache', 1));
    expect(await disks().use(workspace, (path) => readdir(path))).toContain('cache');
    await expect(disks().use(workspace, fill('flood', 80))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(warnings).toEqual([]);
  });

  it('is made anew for the next build once it is too full, but not under one that still works', async () => {
    const both = disks();
    await both.use(workspace, fill('cache', 40));
    const seen = await both.use(workspace, async (path) => {
      await fill('working', 5)(path);
      return both.use(workspace, (again) => readdir(again));
    });
    expect(seen).toContain('working');
    await both.use(workspace, fill('cache', 40));
    expect(await both.use(workspace, (path) => readdir(path))).not.toContain('cache');
  });

  it('that is all but full is not given to another build before it was made anew', async () => {
    const both = disks(128 * MIB);
    const [filled, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = both.use(workspace, async (path) => {
      await fill('flood', 104)(path);
      filled.resolve();
      await done.promise;
      return readdir(path);
    });
    await filled.promise;
    let begun = false;
    const second = both.use(workspace, (path) => {
      begun = true;
      return readdir(path);
    });
    await both.use(other, (path) => readdir(path)); // takes longer than lending a disk that is there
    expect(begun).toBe(false);
    done.resolve();
    expect(await first).toContain('flood');
    expect(await second).not.toContain('flood');
  });
});

it('is a plain folder where nothing can be mounted, and says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-disks-'));
  const warnings: unknown[] = [];
  const disks = new BuildDisks({ folder, size: -1, uid: process.getuid?.() ?? 0, logger: { warn: (...said: unknown[]) => void warnings.push(said) } });
  await disks.use(workspace, (path) => writeFile(join(path, 'x'), 'x'));
  expect(await disks.use(workspace, (path) => readdir(path))).toEqual(['x']);
  expect(warnings).toHaveLength(1);
  await rm(folder, { recursive: true, force: true });
});
