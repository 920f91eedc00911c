import { harmsNobody } from '@weir/container-runtime-docker/testing';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAttacks } from './attack-fixture.ts';
import { inLong } from './long.ts';

harmsNobody();

/** What `look_around.py` tells. */
interface Report {
  readonly status: Record<string, string[]>;
  readonly environment: Record<string, string>;
  readonly direct: Record<string, string>;
  readonly proxy: Record<string, string>;
  readonly writes: Record<string, string>;
  readonly [what: string]: unknown;
}

const PASSWORD = `pass-${'w0rd-Zx81'}`;

describe('a package that is hostile while it is built', () => {
  let attacks: Awaited<ReturnType<typeof openAttacks>>;
  const host: Server = createServer((socket) => socket.destroy());
  let met = 0;

  beforeAll(async () => {
    host.on('connection', () => void met++).listen(0, '0.0.0.0');
    await once(host, 'listening');
    attacks = await openAttacks({ indexUrl: `https://bot:${PASSWORD}@pypi.org/simple` });
  });
  afterAll(async () => {
    await attacks.close();
    host.close();
  });

  it('B11 B4 sees nothing, may do nothing and reaches nothing that is not its own; B18 and prints no password of the index', async () => {
    const port = (host.address() as AddressInfo).port;
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ family }) => family === 'IPv4').map(({ address }) => address);
    const { failure, text } = await attacks.build(await attacks.hostilePackage('look_around.py', { '@PORTS@': `${port},22,2375`, '@HOSTS@': [...new Set([...addresses.slice(0, 8), '169.254.169.254', '172.17.0.2', '10.0.0.1'])].join(',') }));
    expect(failure?.code).toBe('build.package_build_failed');
    const report = JSON.parse(/REPORT (\{.*\}) END/.exec(text)?.[1] ?? '{}') as Report;

    expect(report.status).toMatchObject({ CapPrm: ['0000000000000000'], CapEff: ['0000000000000000'], CapBnd: ['0000000000000000'], NoNewPrivs: ['1'], Seccomp: ['2'] });
    expect(report.status['Uid']).not.toContain('0');
    expect(Object.keys(report.environment).filter((name) => /WEIR|TOKEN|SECRET|DATABASE|REDIS|DOCKER|SSH|AWS/.test(name))).toEqual([]);
    expect(report).toMatchObject({ interfaces: ['lo'], sockets: [], limits: { 'open files': 8192, core: 0 } });
    expect(report['processes']).toEqual(expect.not.arrayContaining(['dockerd', 'node']));
    expect(report['devices']).toEqual(expect.not.arrayContaining(['mem', 'kmsg', 'kvm', 'sda', 'loop0']));
    expect((report['mounts'] as string[]).filter((path) => path.startsWith('/mnt') || path.startsWith('/run'))).toEqual(expect.not.arrayContaining(['/run/secrets']));
    expect(Object.values(report.writes).filter((answer) => !/^(EROFS|EACCES|EPERM|ENOENT)$/.test(answer))).toEqual([]);
    for (const what of ['device node', 'disk device', 'raw socket', 'packet socket', 'vsock', 'setuid 0', 'chroot', 'unshare', 'mount', 'bpf', 'ptrace', 'keyctl', 'io_uring', 'userfaultfd', 'open_by_handle']) expect([what, report[what]]).toEqual([what, expect.stringMatching(/^E(PERM|ACCES|NOSYS|AFNOSUPPORT)$/)]);
    expect(Object.values(report.direct)).toEqual(Object.values(report.direct).map(() => 'no'));
    expect(met).toBe(0);
    expect(Object.entries(report.proxy).filter(([, line]) => !line.includes(' 403 ') && !line.includes(' 502 '))).toEqual([]);

    expect(report['index']).toContain('"https://bot:***@pypi.org/simple"');
    expect(`${text}${JSON.stringify(failure)}`).not.toContain(PASSWORD);
  }, 120_000);

  it.each([
    ['fail', 'build.package_build_failed'],
    ['succeed', 'build.too_many_processes'],
  ])('B12 crowd.py, which leaves five hundred processes behind and lets its build %s, is told so', async (end, code) => {
    const { failure, text } = await attacks.build(await attacks.hostilePackage('crowd.py', { '@END@': end }));
    expect(failure, text).toMatchObject({ code });
  }, 120_000);

  inLong(() => it('B12 daemon.py, which leaves a process that holds the installer’s output, ends with the build', async () => {
    const started = performance.now();
    const { image, text } = await attacks.build(await attacks.hostilePackage('daemon.py'));
    expect(image, text).toBeDefined();
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 120_000));

  it('B13 flood_log.py is ended, and its log says that not all of it is there', async () => {
    const { failure, text } = await attacks.build(await attacks.hostilePackage('flood_log.py'));
    expect(failure).toMatchObject({ code: 'build.too_much_output' });
    expect(text.match(/The log is longer than 10 MiB; the rest is not kept\./g)).toHaveLength(1);
    expect(text).not.toContain('\0');
  }, 120_000);
});

describe('a package that sleeps', () => {
  it('B12 quiet.py, which closes its output too, is ended at the limit', async () => {
    const attacks = await openAttacks({ limitMinutes: 0.1 });
    const { failure, text } = await attacks.build(await attacks.hostilePackage('quiet.py'));
    await attacks.close();
    expect(failure, text).toMatchObject({ code: 'build.timed_out', message: 'The build took longer than the 0.1 minutes it may.' });
  }, 60_000);
});

inLong(() => describe('a package that makes files without end', () => {
  let attacks: Awaited<ReturnType<typeof openAttacks>>;
  beforeAll(async () => void (attacks = await openAttacks({ diskBytes: 2 ** 28 })));
  afterAll(() => attacks.close());

  it.skipIf(process.getuid?.() !== 0)('B12 flood_inodes.py finds its disk full of names, and the next build has room again (needs root, to mount)', async () => {
    const { failure, text } = await attacks.build(await attacks.hostilePackage('flood_inodes.py'));
    expect(failure, text).toMatchObject({ code: 'build.disk_full' });
    const next = await attacks.build(await attacks.repository({ 'requirements.txt': 'six\nno-such-package-of-weir\n' }));
    expect(next.failure, next.text).toMatchObject({ code: 'build.package_not_found' });
  }, 60_000);
}));
