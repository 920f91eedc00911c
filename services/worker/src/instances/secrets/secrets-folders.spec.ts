import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desiredInstance } from '../testing/worker-fixture.ts';
import { SecretsFolders } from './secrets-folders.ts';

describe('the secrets of an instance', () => {
  const { id, uid } = desiredInstance();
  let base: string;
  let folders: SecretsFolders;
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'weir-run-'));
    folders = new SecretsFolders('abcdefgh', base, false);
    await folders.prepare();
  });
  afterEach(() => rm(base, { recursive: true }));

  it('lie behind a folder that only the worker may enter', async () => {
    await folders.write(id, uid, { version: 1, toml: 'a = 1', environment: { a: '1' } });
    expect((await stat(join(base, 'abcdefgh'))).mode & 0o777).toBe(0o700);
    expect(await readFile(join(folders.folder(id), 'environment.json'), 'utf8')).toBe('{"a":"1"}');
  });

  it('are replaced whole, and gone when there are none any more', async () => {
    await folders.write(id, uid, { version: 1, toml: 'a = 1', environment: {} });
    await folders.write(id, uid, { version: 2, toml: '', environment: {} });
    expect((await readdir(folders.folder(id))).sort()).toEqual(['.version', 'environment.json']);
    expect(await folders.version(id)).toBe(2);
  });

  it('go with their instance', async () => {
    await folders.write(id, uid, { version: 1, toml: 'a = 1', environment: {} });
    await folders.sweep(new Set([id]));
    expect(await folders.version(id)).toBe(1);
    await folders.sweep(new Set());
    expect(await readdir(join(base, 'abcdefgh'))).toEqual([]);
  });
});
