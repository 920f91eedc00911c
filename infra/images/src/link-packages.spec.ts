import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageAsset } from './image-assets.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('Debian packages in an environment (needs python3)', () => {
  let folder: string;
  const write = (path: string, text = ''): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const unpack = (...paths: string[]): void => paths.forEach((path) => write(`env/apt/${path}`));
  const link = (): void => {
    const { status, stderr } = spawnSync('python3', ['-I', '-c', `${imageAsset('link_packages.py').toString('utf8')}\nimport sys\nlink_packages(sys.argv[1], sys.argv[2])`, join(folder, 'env'), join(folder, 'root')], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const linkAt = (path: string): string | undefined => (lstatSync(join(folder, 'root', path), { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(join(folder, 'root', path)) : undefined);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-link-packages-'));
    for (const path of ['usr/bin/env', 'usr/share/fonts/base.ttf', 'usr/lib/x86_64-linux-gnu/libc.so.6', 'etc/passwd']) write(`root/${path}`, 'base');
    mkdirSync(join(folder, 'env'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are where programs and apps look for them', () => {
    unpack('usr/bin/tesseract', 'bin/ping', 'usr/share/tesseract-ocr/5/tessdata/eng.traineddata', 'usr/share/fonts/truetype/a.ttf', 'usr/lib/chromium/chromium', 'usr/lib/x86_64-linux-gnu/ImageMagick-6.9.11/config', 'etc/odbcinst.ini', 'etc/fonts/fonts.conf');
    link();
    const links = ['usr/bin/tesseract', 'usr/share/tesseract-ocr', 'usr/share/fonts/truetype', 'usr/lib/chromium', 'usr/lib/x86_64-linux-gnu/ImageMagick-6.9.11', 'etc/odbcinst.ini', 'etc/fonts'];
    for (const path of links) expect([path, linkAt(path)]).toEqual([path, `/opt/env/apt/${path}`]);
    expect(linkAt('usr/bin/ping')).toBe('/opt/env/apt/bin/ping');
  });

  it.each([
    'usr/bin/env', 'usr/share/fonts/base.ttf', 'etc/passwd', 'usr/share/doc/tesseract-ocr/copyright', // the base has it, or nobody needs it
    'etc/ld.so.preload', 'etc/ld.so.conf.d/a.conf', 'etc/nsswitch.conf', 'usr/lib/x86_64-linux-gnu/libevil.so', 'usr/lib/libevil.so', 'usr/lib/glibc-hwcaps/x86-64-v3/libc.so.6', 'usr/lib/x86_64-linux-gnu/tls/libc.so.6', 'usr/lib/x86_64-linux-gnu/haswell/libc.so.6',
    'usr/bin/python3', 'usr/bin/pyvenv.cfg', 'usr/bin/pybuilddir.txt', 'usr/pyvenv.cfg', 'usr/lib/python3/dist-packages/sitecustomize.py', 'usr/lib/python311.zip/encodings.py', 'usr/lib/locale/C.utf8/LC_CTYPE', 'lib/systemd.so',
    'usr/local/bin/python3', 'usr/local/lib/python3.11/site.py', 'opt/weir/entry.py', 'app/a.py', 'run/secrets/a', 'usr/sbin/a',
  ])('reach no program of the base by %s', (path) => {
    unpack(path);
    link();
    for (let at = path; at !== '.'; at = dirname(at)) expect([at, linkAt(at)]).toEqual([at, undefined]);
  });

  it('leave nothing of the environment that was there before', () => {
    unpack('usr/bin/tesseract', 'usr/bin/dot');
    link();
    rmSync(join(folder, 'env/apt/usr/bin/tesseract'));
    unpack('usr/bin/gs');
    link();
    expect(['tesseract', 'dot', 'gs'].map((name) => linkAt(`usr/bin/${name}`))).toEqual([undefined, '/opt/env/apt/usr/bin/dot', '/opt/env/apt/usr/bin/gs']);
  });

  it('are not looked for through links', () => {
    write('elsewhere/usr/bin/a');
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'env/apt'));
    link();
    expect(linkAt('usr/bin/a')).toBeUndefined();
    expect(existsSync(join(folder, 'root/usr/bin/env'))).toBe(true);
  });

  it('are none in most environments', () => {
    link();
    expect(linkAt('usr/share')).toBeUndefined();
  });
});
