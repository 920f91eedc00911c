import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { InstanceSpec } from '@weir/container-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerName } from '../names.ts';
import { type DockerFixture, openDockerFixture } from '../testing/docker-fixture.ts';
import { harmsNobody } from '../testing/harms-nobody.ts';
import { runTool } from '../testing/run-tool.ts';

harmsNobody();

const ZERO = '0'.repeat(16);
/** Gives what an attempt came to: `done`, or the number of its error. */
const TRIED = `
def tried(action):
    try: action(); return 'done'
    except OSError as error: return error.errno`;

/** What security.md §2.1 says an app must not be able to do to its container and this host's kernel, tried from inside one that is ours. */
describe('an app that attacks its confinement', { timeout: 60_000 }, () => {
  let engine: DockerFixture;
  let spec: InstanceSpec;
  beforeAll(async () => {
    engine = await openDockerFixture();
    spec = await engine.spec({ limits: { memoryMib: 256, cpus: 0.5, pids: 64 } });
    await engine.runtime.start(spec);
    await engine.ready(spec);
  });
  afterAll(() => engine.close());
  const run = (python: string) => engine.run(spec, python);
  const container = () => engine.connection.calls.getContainer(containerName(engine.installation, spec.id));

  it('S1: is a user of its own, who is nobody on this host', async () => {
    const other = await engine.spec({ uid: 10_002, limits: spec.limits });
    await engine.runtime.start(other);
    const ids = `out['ids'] = os.getresuid() + os.getresgid() + tuple(os.getgroups())`;
    expect((await run(ids))['ids']).toEqual(Array(7).fill(10_001));
    expect((await engine.run(other, ids))['ids']).toEqual(Array(7).fill(10_002));
    await engine.runtime.remove(other.id);
    expect(readFileSync('/etc/passwd', 'utf8')).not.toMatch(/^[^:]+:[^:]*:1000[12]:/m);
  });

  it('S2: has no capability, and would have none as root', async () => {
    const NONE = { CapInh: ZERO, CapPrm: ZERO, CapEff: ZERO, CapBnd: ZERO, CapAmb: ZERO };
    expect((await run(`out['caps'] = dict(l.rstrip().split(':\\t', 1) for l in open('/proc/self/status') if l.startswith('Cap'))`))['caps']).toEqual(NONE);
    const asRoot = await runTool('docker', 'exec', '--user', '0', containerName(engine.installation, spec.id), 'cat', '/proc/self/status');
    for (const set of ['CapPrm', 'CapEff', 'CapBnd']) expect(asRoot).toContain(`${set}:\t${ZERO}`);
  });

  it('S3: gains nothing by a setuid-root program', async () => {
    const seen = await run(`
import subprocess
out['mode'] = os.stat('/usr/bin/setuid-id').st_mode & 0o7777; out['owner'] = os.stat('/usr/bin/setuid-id').st_uid
out['euid'] = subprocess.run(['/usr/bin/setuid-id', '-u'], capture_output=True, text=True).stdout.strip()
out['status'] = dict(l.rstrip().split(':\\t', 1) for l in open('/proc/self/status') if l.startswith(('NoNewPrivs', 'Seccomp:')))`);
    expect(seen).toEqual({ mode: 0o4755, owner: 0, euid: '10001', status: { NoNewPrivs: '1', Seccomp: '2' } });
  });

  it('S4: is refused every closed system call and socket', async () => {
    const seen = await run(`
libc = ctypes.CDLL(None, use_errno=True)
calls = dict(unshare=272, setns=308, mount=165, pivot_root=155, chroot=161, bpf=321, perf_event_open=298, io_uring_setup=425, keyctl=250, add_key=248, ptrace=101, process_vm_readv=310, userfaultfd=323, kcmp=312, pidfd_getfd=438, name_to_handle_at=303, open_by_handle_at=304, fanotify_init=300, memfd_secret=447, vmsplice=278, clock_settime=227, adjtimex=159, init_module=175, kexec_load=246, reboot=169, swapon=167, quotactl=179, acct=163, iopl=172, syslog=103)
for name, number in calls.items():
    out[name] = (libc.syscall(number, 0, 0, 0, 0, 0, 0), ctypes.get_errno())
out['clone3'] = (libc.syscall(435, 0, 0), ctypes.get_errno())
out['clone_newuser'] = (libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0), ctypes.get_errno())
for family, kind, protocol in ((40, 1, 0), (38, 5, 0), (17, 3, 0), (44, 3, 0), (15, 3, 0), (2, 3, 1)):
    try: socket.socket(family, kind, protocol); out[f'socket {family}'] = 'open'
    except OSError as error: out[f'socket {family}'] = (-1, error.errno)`);
    const { clone3, ...others } = seen;
    expect(clone3).toEqual([-1, 38]);
    expect(Object.entries(others).filter(([, answer]) => JSON.stringify(answer) !== '[-1,1]')).toEqual([]);
  });

  it('S4: opens no socket by the system calls of 32-bit programs', async () => {
    const seen = await run(`
import mmap, signal
code = bytes([0x53, 0xb8, 0x67, 1, 0, 0, 0xbb, 40, 0, 0, 0, 0xb9, 1, 0, 0, 0, 0x31, 0xd2, 0xcd, 0x80, 0x5b, 0xc3])  # socket(AF_INET, SOCK_STREAM, 0) by int 0x80
pid = os.fork()
if pid == 0:
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC); page.write(code)
    made = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    os._exit(0 if made >= 0 else 1)
_, status = os.waitpid(pid, 0)
out['opened'] = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0`);
    expect(seen).toEqual({ opened: false });
  });

  it('S4: still has threads, processes, pipes, SQLite, TLS and asyncio', async () => {
    const seen = await run(`
import asyncio, multiprocessing, sqlite3, ssl, subprocess, concurrent.futures
with concurrent.futures.ThreadPoolExecutor(4) as pool: out['threads'] = list(pool.map(abs, [-1, -2]))
with multiprocessing.get_context('fork').Pool(2) as pool: out['processes'] = pool.map(abs, [-3])
os.mkfifo('/tmp/pipe'); out['sqlite'] = sqlite3.connect('/app/x.db').execute('select 1').fetchone()
ssl.create_default_context(); asyncio.run(asyncio.sleep(0)); out['command'] = subprocess.run(['true']).returncode`);
    expect(seen).toEqual({ threads: [1, 2], processes: [3], sqlite: [1], command: 0 });
  });

  it('S5: writes nowhere in the image', async () => {
    const ERROFS = 30;
    const paths = ['/x', '/etc/x', '/usr/x', '/home/x', '/var/tmp/x', '/opt/weir/x', '/opt/env/x', '/bin/true'];
    const seen = await run(`
${TRIED}
for path in ${JSON.stringify(paths)}: out[path] = tried(lambda: open(path, 'w'))
out['/run/secrets/x'] = tried(lambda: open('/run/secrets/x', 'w')); out['remount'] = tried(lambda: os.chmod('/etc', 0o777))`);
    const { '/run/secrets/x': secret, remount, ...others } = seen;
    expect(others).toEqual(Object.fromEntries(paths.map((path) => [path, ERROFS])));
    expect([secret, remount]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it('S6: writes only to memory with a limit of bytes and files, and executes only from its working directory', async () => {
    const seen = await run(`
import shutil, subprocess
${TRIED}
def fill(path, mib):
    with open(path, 'wb') as file:
        for _ in range(mib): file.write(b'0' * 1048576)
def many():
    os.mkdir('/tmp/many')
    for i in range(20000): open(f'/tmp/many/{i}', 'w').close()
out['tmp full'] = tried(lambda: fill('/tmp/fill', 140)); os.unlink('/tmp/fill')
out['app full'] = tried(lambda: fill('/app/fill', 70)); os.unlink('/app/fill')
out['files'] = tried(many); shutil.rmtree('/tmp/many', ignore_errors=True)
for folder in ('/tmp', '/home/app', '/app'):
    shutil.copy('/bin/true', folder + '/tool')
    out['exec ' + folder] = tried(lambda: subprocess.run([folder + '/tool'], check=True))
shutil.copy('/usr/bin/setuid-id', '/app/setuid'); os.chmod('/app/setuid', 0o6755)
out['setuid of its own'] = subprocess.run(['/app/setuid', '-u'], capture_output=True, text=True).stdout.strip()`);
    const ENOSPC = 28, EACCES = 13;
    expect(seen).toEqual({ 'tmp full': ENOSPC, 'app full': ENOSPC, files: ENOSPC, 'exec /tmp': EACCES, 'exec /home/app': EACCES, 'exec /app': 'done', 'setuid of its own': '10001' });
  });

  it('S10: has no layer on the disk that it could fill', async () => {
    const seen = await run(`
out['written'] = []
def write(folder):
    try: open(folder + '/fill', 'wb').write(b'0' * 262144)
    except OSError: return
    out['written'].append(folder)
for top, folders, _ in os.walk('/'):
    if top == '/': folders[:] = [name for name in folders if name not in ('proc', 'sys')]
    write(top)`);
    expect(seen['written']).toEqual(expect.arrayContaining(['/tmp', '/app', '/home/app', '/dev/shm']));
    const { SizeRw } = (await container().inspect({ size: true } as object)) as { SizeRw?: number };
    expect(SizeRw, `after writing to ${String(seen['written'])}`).toBe(0);
    await run(`for folder in ${JSON.stringify(seen['written'])}: os.unlink(folder + '/fill')\nout['ok'] = True`);
  });

  it('S7: ends at its number of processes', async () => {
    const seen = await run(`
children = []
try:
    for _ in range(200):
        pid = os.fork()
        if pid == 0:
            import time; time.sleep(5); os._exit(0)
        children.append(pid)
except OSError as error: out['errno'] = error.errno
out['children'] = len(children)
for pid in children: os.kill(pid, 9); os.waitpid(pid, 0)`);
    expect(seen.errno).toBe(11);
    expect(seen.children).toBeLessThan(64);
    expect(await run(`out['still'] = 'here'`)).toEqual({ still: 'here' });
  });

  it('S11: has the limits of files, core and locked memory that it was given, and cannot raise them', async () => {
    const seen = await run(`
import resource
kinds = dict(files=resource.RLIMIT_NOFILE, core=resource.RLIMIT_CORE, locked=resource.RLIMIT_MEMLOCK)
for name, kind in kinds.items(): out[name] = resource.getrlimit(kind)
def raised(kind):
    try: resource.setrlimit(kind, (1 << 30, 1 << 30)); return True
    except (ValueError, OSError): return False
out['raised'] = [name for name, kind in kinds.items() if raised(kind)]
opened = []
try:
    while True: opened.append(os.open('/dev/null', os.O_RDONLY))
except OSError as error: out['error'] = error.errno
out['opened'] = len(opened)
for number in opened: os.close(number)`);
    expect(seen).toEqual({ files: [4096, 4096], core: [0, 0], locked: [65_536, 65_536], raised: [], error: 24, opened: expect.any(Number) });
    expect(seen['opened']).toBeLessThan(4096);
  });

  it('S13: sees the fourteen harmless devices and makes none, no engine socket, no process, memory or name of this host', async () => {
    const seen = await run(`
import stat
out['devices'] = sorted(os.listdir('/dev'))
def made(kind, major, minor):
    try: os.mknod('/tmp/node', kind | 0o666, os.makedev(major, minor)); return 'made'
    except OSError as error: return error.errno
out['mem'] = made(stat.S_IFCHR, 1, 1); out['disk'] = made(stat.S_IFBLK, 8, 0)
out['sockets'] = [p for p in ('/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock') if os.path.exists(p)]
out['first'] = open('/proc/1/cmdline').read().split('\\0')[0]
out['owners'] = sorted({os.stat(f'/proc/{p}').st_uid for p in os.listdir('/proc') if p.isdigit()})
out['shm'] = os.listdir('/dev/shm'); out['shmMib'] = os.statvfs('/dev/shm').f_blocks * os.statvfs('/dev/shm').f_frsize >> 20
out['kcore'] = open('/proc/kcore', 'rb').read(16).hex() if os.access('/proc/kcore', os.R_OK) else ''
out['hostname'] = os.uname().nodename
writable = lambda path: os.access(path, os.W_OK)
out['writable'] = [p for p in ('/proc/sysrq-trigger', '/proc/sys/kernel/core_pattern', '/sys/kernel/uevent_helper', '/sys/fs/cgroup/memory/memory.limit_in_bytes', '/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/release_agent', '/proc/acpi', '/proc/sys/vm/drop_caches') if writable(p)]`);
    expect(seen).toEqual({
      devices: ['fd', 'full', 'mqueue', 'null', 'ptmx', 'pts', 'random', 'shm', 'stderr', 'stdin', 'stdout', 'tty', 'urandom', 'zero'],
      mem: 1, disk: 1, sockets: [], first: '/sbin/docker-init', owners: [10_001], shm: [], shmMib: 64, kcore: '', hostname: expect.not.stringContaining(hostname()), writable: [],
    });
  });
});
