import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeAllWithin, removeWithin } from './remove-within.ts';

let disk: string;
beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'weir-within-'));
  for (const path of ['others/dep', 'environments/dep/lib']) await mkdir(join(disk, path), { recursive: true });
  for (const path of ['others/dep/kept', 'environments/dep/lib/a', 'environments/beside']) await writeFile(join(disk, path), 'text');
});
afterEach(() => rm(disk, { recursive: true }));

it('removes a folder and all in it, and follows no link there', async () => {
  await symlink('../../../others', join(disk, 'environments/dep/lib/link'));
  await removeWithin(join(disk, 'environments'), 'dep');
  expect([await readdir(join(disk, 'environments')), await readdir(join(disk, 'others/dep'))]).toEqual([['beside'], ['kept']]);
});

it('removes what is unwanted, and nothing beside it', async () => {
  await removeAllWithin(join(disk, 'environments'), (name) => name.startsWith('dep'));
  expect([await readdir(join(disk, 'environments')), await readdir(join(disk, 'others'))]).toEqual([['beside'], ['dep']]);
});

it('touches nothing where a link has taken the folder’s place, or where there is none', async () => {
  await rm(join(disk, 'environments'), { recursive: true });
  await removeWithin(join(disk, 'environments'), 'dep');
  await symlink('others', join(disk, 'environments'));
  await removeWithin(join(disk, 'environments'), 'dep');
  await removeAllWithin(join(disk, 'environments'), () => true);
  expect(await readdir(join(disk, 'others/dep'))).toEqual(['kept']);
});
