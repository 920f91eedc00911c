import type { InstanceSpec } from '@weir/container-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DockerFixture, openDockerFixture } from './testing/docker-fixture.ts';
import { containerName } from './names.ts';

/** What security.md §2.1 says an app must not be able to do, tried from inside one that is ours. */
describe('an app that attacks its surroundings', { timeout: 60_000 }, () => {
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

  it('S1 S2 S3: is nobody, without capabilities, and gains none by a setuid-root program', async () => {
    const seen = await run(`
import subprocess
out['ids'] = os.getresuid() + os.getresgid()
out['status'] = dict(l.rstrip().split(':\\t', 1) for l in open('/proc/self/status') if l.startswith(('Cap', 'NoNewPrivs', 'Seccomp:')))
out['setuid'] = subprocess.run(['/usr/bin/setuid-id', '-u'], capture_output=True, text=True).stdout.strip()`);
    expect(seen.ids).toEqual(Array(6).fill(10_001));
    expect(seen.status).toMatchObject({ CapPrm: '0'.repeat(16), CapEff: '0'.repeat(16), CapBnd: '0'.repeat(16), NoNewPrivs: '1', Seccomp: '2' });
    expect(seen.setuid).toBe('10001');
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

  it('S4: still has threads, processes, pipes, SQLite, TLS and asyncio', async () => {
    const seen = await run(`
import asyncio, multiprocessing, sqlite3, ssl, subprocess, concurrent.futures
with concurrent.futures.ThreadPoolExecutor(4) as pool: out['threads'] = list(pool.map(abs, [-1, -2]))
with multiprocessing.get_context('fork').Pool(2) as pool: out['processes'] = pool.map(abs, [-3])
os.mkfifo('/tmp/pipe'); out['sqlite'] = sqlite3.connect('/app/x.db').execute('select 1').fetchone()
ssl.create_default_context(); asyncio.run(asyncio.sleep(0)); out['command'] = subprocess.run(['true']).returncode`);
    expect(seen).toEqual({ threads: [1, 2], processes: [3], sqlite: [1], command: 0 });
  });

  it('S5 S6 S10: writes only to its sized memory, and executes only from its working directory', async () => {
    const seen = await run(`
def tried(action):
    try: action(); return 'done'
    except OSError as error: return error.errno
for path in ('/x', '/etc/x', '/usr/x', '/home/x', '/var/tmp/x', '/opt/weir/x', '/run/secrets/x', '/opt/env/x'): out[path] = tried(lambda: open(path, 'w'))
def fill(path, mib):
    with open(path, 'wb') as file:
        for _ in range(mib): file.write(b'0' * 1048576)
out['tmp full'] = tried(lambda: fill('/tmp/fill', 140)); os.unlink('/tmp/fill')
out['app full'] = tried(lambda: fill('/app/fill', 70)); os.unlink('/app/fill')
def many():
    os.mkdir('/tmp/many')
    for i in range(20000): open(f'/tmp/many/{i}', 'w').close()
out['inodes'] = tried(many)
import shutil, subprocess; shutil.rmtree('/tmp/many', ignore_errors=True)
for folder in ('/tmp', '/home/app', '/app'):
    shutil.copy('/bin/true', folder + '/tool')
    out['exec ' + folder] = tried(lambda: subprocess.run([folder + '/tool'], check=True))`);
    const ERROFS = 30, ENOSPC = 28, EACCES = 13;
    expect(seen).toEqual({
      '/x': ERROFS, '/etc/x': ERROFS, '/usr/x': ERROFS, '/home/x': ERROFS, '/var/tmp/x': ERROFS, '/opt/weir/x': ERROFS, '/run/secrets/x': expect.any(Number), '/opt/env/x': ERROFS,
      'tmp full': ENOSPC, 'app full': ENOSPC, inodes: ENOSPC, 'exec /tmp': EACCES, 'exec /home/app': EACCES, 'exec /app': 'done',
    });
    expect(seen['/run/secrets/x']).not.toBe('done');
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
  });

  it('S11 S13: sees no host devices, no engine socket, no foreign process, and its own limits', async () => {
    const seen = await run(`
import resource
out['limits'] = [resource.getrlimit(r)[1] for r in (resource.RLIMIT_NOFILE, resource.RLIMIT_CORE, resource.RLIMIT_MEMLOCK)]
out['devices'] = [d for d in ('kmsg', 'mem', 'kvm', 'fuse', 'vda', 'sda', 'net/tun') if os.path.exists('/dev/' + d)]
out['sockets'] = [p for p in ('/var/run/docker.sock', '/run/docker.sock', '/run/containerd/containerd.sock') if os.path.exists(p)]
out['first'] = open('/proc/1/cmdline').read().split('\\0')[0]`);
    expect(seen).toEqual({ limits: [4096, 0, 65_536], devices: [], sockets: [], first: '/sbin/docker-init' });
  });

  it('S17: publishes no port and runs as the spec says, whatever is asked of the engine later', async () => {
    await engine.runtime.settle(spec);
    const { HostConfig, NetworkSettings } = await engine.connection.calls.getContainer(containerName(engine.installation, spec.id)).inspect();
    expect(NetworkSettings.Ports).toEqual({});
    expect(HostConfig).toMatchObject({ NanoCpus: 500_000_000, Memory: 268_435_456, MemorySwap: 268_435_456, PidsLimit: 64, ReadonlyRootfs: true, Privileged: false });
  });

  it('S8: ends when it uses up its memory, and is seen to have', async () => {
    const greedy = await engine.spec({ limits: { memoryMib: 64, cpus: 1, pids: 64 } });
    await engine.runtime.start(greedy);
    const at = await engine.ready(greedy);
    await fetch(`http://${at}/`, { method: 'POST', body: 'hoard = bytearray(512 * 1024 * 1024)' }).catch((error: unknown) => error);
    await expect.poll(async () => (await engine.runtime.list()).find(({ id }) => id === greedy.id)?.exit, { timeout: 15_000 }).toEqual({ code: 137, signal: 'SIGKILL', oom: true });
  });
});
