import { harmsNobody } from '@weir/container-runtime-docker/testing';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAttacks } from './attack-fixture.ts';
import { rowsOf } from './long.ts';

harmsNobody();

describe('a build that puts links of its own where folders of its disk were', () => {
  let attacks: Awaited<ReturnType<typeof openAttacks>>;
  let host: string;

  beforeAll(async () => {
    attacks = await openAttacks();
    host = join(await mkdtemp(join(tmpdir(), 'weir-canary-')), 'host');
    for (const name of ['environments/dep_0-1', 'bytecode', 'uv']) await mkdir(join(host, name), { recursive: true });
    for (const name of ['secret', 'environments/dep_0-1/secret']) await writeFile(join(host, name), 'of the host');
  });
  afterAll(async () => {
    await attacks.close();
    await rm(join(host, '..'), { recursive: true });
  });

  it('B11 B15 gets no file of the host into its image', async () => {
    const { image, failure, text } = await attacks.build(await attacks.hostilePackage('swap_environment.py', { '@CANARY@': host }));
    expect({ image, code: failure?.code }, text).toEqual({ image: undefined, code: 'build.environment_unusable' });
  }, 120_000);

  it('B11 has nothing of the host removed, changed or given to it; and the next build of its workspace works', async () => {
    await attacks.build(await attacks.hostilePackage('swap_folders.py', { '@CANARY@': host }));
    const { image, text } = await attacks.build(await attacks.repository({ 'requirements.txt': 'flask\nsix\n' }));
    expect(image, text).toBeDefined();
    expect([await readdir(join(host, 'environments')), await readdir(join(host, 'bytecode')), await readdir(join(host, 'uv'))]).toEqual([['dep_0-1'], [], []]);
    expect((await stat(join(host, 'bytecode'))).uid).toBe(process.getuid?.());
  }, 120_000);

  it('B15 leaves what is no file, no folder and no link out of its image, every mode, and the way out of it', async () => {
    const { image, text } = await attacks.build(await attacks.hostilePackage('junk.py'));
    expect(image, text).toBeDefined();
    const listed = await attacks.inImage(image ?? '', [
      'import json, os, stat',
      'facts = {name.encode("ascii", "replace").decode(): os.lstat(os.path.join("/opt/env", name)) for name in os.listdir("/opt/env")}',
      'print(json.dumps({"preload": os.path.lexists("/etc/ld.so.preload"), "manifest": stat.S_ISREG(facts[".weir.json"].st_mode), "names": sorted(facts), "modes": sorted({oct(f.st_mode & 0o7000) for f in facts.values()}), "owners": sorted({f.st_uid for f in facts.values()}), "leads": os.readlink("/opt/env/absolute"), "links": facts["hard"].st_nlink}))',
    ].join('\n'));
    const found = JSON.parse(listed) as { names: string[] };
    expect(found).toMatchObject({ preload: false, manifest: true, modes: ['0o0'], owners: [0], leads: '/etc/shadow', links: 1 });
    expect(found.names).not.toEqual(expect.arrayContaining(['pipe']));
    expect(found.names).not.toEqual(expect.arrayContaining(['socket']));
    expect(found.names).toEqual(expect.arrayContaining(['closed', 'setuid', 'absolute', 'relative', 'folder']));
  }, 120_000);

  it.each(rowsOf([
    ['large.py', 'build.disk_full', 'The installed packages are larger than 8 GiB, or have too many files.'],
    ['deep.py', 'build.environment_unusable', 'The installed packages cannot be put into an image: File name too long.'],
  ] as const, 1))('B15 %s ends the build with its reason', async (program, code, message) => {
    const { failure, text } = await attacks.build(await attacks.hostilePackage(program));
    expect(failure, text).toMatchObject({ code, message });
  }, 120_000);

  it('B16 reaches no other workspace by what it wrote into its caches', async () => {
    const clean = await attacks.repository({ 'requirements.txt': 'flask==3.1.2\n' });
    await attacks.build(clean);
    const { text } = await attacks.build(await attacks.hostilePackage('poison.py'));
    expect(Number(/poisoned (\d+)/.exec(text)?.[1]), 'modules of the cache that were overwritten').toBeGreaterThan(50);
    const theirs = await attacks.build(clean, { workspace: 'wsp_0000000000000000000000000b' as never });
    expect(await attacks.inImage(theirs.image ?? '', 'import pathlib; print(sum("POISON" in p.read_text(errors="replace") for p in pathlib.Path("/opt/env").rglob("*.py")))')).toBe('0');
    expect(await attacks.inImage(theirs.image ?? '', 'import pathlib; print([str(p) for p in pathlib.Path("/opt").rglob(".git")])'), 'B9').toBe('[]');
  }, 180_000);
});
