import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBuilds } from '../builds/build-fixture.ts';
import { buildSandbox } from '../builds/sandbox-for-build.ts';
import { EgressPolicy } from '../egress/egress-policy.ts';
import { type Sandbox, type SandboxCommand, SandboxLimit } from './sandbox.ts';

describe('a sandbox', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let sandbox: Sandbox;
  const inside = createServer((_, response) => response.end('from the listed host'));
  const denied: string[] = [];
  const stop = new AbortController();
  let port = 0;

  const run = async (command: Omit<SandboxCommand, 'stdout' | 'stderr'>): Promise<{ code: number; out: string }> => {
    let out = '';
    const hear = (chunk: Buffer): void => void (out += chunk.toString('utf8'));
    return { code: await sandbox.run({ ...command, stdout: hear, stderr: hear }), out };
  };
  const python = (script: string, online = false) => run({ argv: ['python3', '-c', script], online });
  const get = (url: string) => python(`import urllib.request as u\nprint(u.urlopen(${JSON.stringify(url)}, timeout=10).read(99))`, true);

  beforeAll(async () => {
    await new Promise((resolve) => inside.listen(0, '127.0.0.1', () => resolve(undefined)));
    port = (inside.address() as AddressInfo).port;
    builds = await openBuilds();
    const spec = buildSandbox({ deployment: 'spec', attempt: 1, step: 'x', image: builds.builder }, { scratch: { '/work': 16 } });
    sandbox = await builds.sandboxes.open(spec, stop.signal, { policy: new EgressPolicy([`127.0.0.1:${port}`]), onDenied: (to) => denied.push(to) });
  });
  afterAll(async () => {
    await sandbox.close();
    await builds.close();
    inside.close();
  });

  it('has no privileges, no capabilities and a filter on system calls', async () => {
    const { out } = await run({ argv: ['grep', '-E', '^(Uid|CapPrm|CapEff|CapBnd|NoNewPrivs|Seccomp):', '/proc/self/status'] });
    expect(out.replace(/\t+/g, ' ').split('\n')).toEqual(['Uid: 65532 65532 65532 65532', 'CapPrm: 0000000000000000', 'CapEff: 0000000000000000', 'CapBnd: 0000000000000000', 'NoNewPrivs: 1', 'Seccomp: 2', '']);
  });

  it('can write only to its scratch folders, up to their size', async () => {
    expect((await run({ argv: ['touch', '/etc/x', '/usr/x', '/opt/weir/x'] })).out.match(/Read-only file system|Permission denied/g)).toHaveLength(3);
    expect((await run({ argv: ['dd', 'if=/dev/zero', 'of=/work/x', 'bs=1M', 'count=64'] })).out).toContain('No space left');
  });

  it('has no network', async () => {
    expect((await run({ argv: ['cat', '/proc/net/dev'] })).out.match(/^\s*\w+:/gm)).toEqual(['    lo:']);
    expect((await python(`import socket\nsocket.create_connection(("127.0.0.1", ${port}), 2)`)).code).not.toBe(0);
  });

  it('sees nothing of the worker’s environment', async () => {
    expect((await run({ argv: ['env'] })).out).not.toMatch(/WEIR|TOKEN|DATABASE|PASSWORD/);
  });

  it('reaches a listed host through its proxy, and no other', async () => {
    expect((await get(`http://127.0.0.1:${port}/`)).out).toContain('from the listed host');
    for (const url of ['http://127.0.0.1:1/', 'http://169.254.169.254/latest', 'https://127.0.0.1/', 'https://localhost/', 'http://example.org/']) expect((await get(url)).code, url).not.toBe(0);
    expect(denied).toEqual(expect.arrayContaining(['169.254.169.254:80', '127.0.0.1:443', 'localhost:443']));
  });

  it('gives a command its input and takes its output as it is', async () => {
    const given = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
    const chunks: Buffer[] = [];
    expect(await sandbox.run({ argv: ['cat'], stdin: given, stdout: (chunk) => void chunks.push(chunk) })).toBe(0);
    expect(Buffer.concat(chunks).equals(given)).toBe(true);
  });

  it('passes arguments as they are: no shell reads them', async () => {
    const odd = '$(id);`id`|& \' " \n*';
    expect((await run({ argv: ['printf', '%s', odd] })).out).toBe(odd);
  });

  it('is done with a command that ended, though what it left behind holds its output open', async () => {
    expect(await python('import os, signal\nif os.fork() == 0:\n  os.setsid()\n  signal.pause()\nprint("said", flush=True)\nos._exit(3)')).toEqual({ code: 3, out: 'said\n' });
  }, 20_000);

  it('ends a command that writes or takes too much', async () => {
    await expect(sandbox.run({ argv: ['yes'], maxOutputBytes: 100_000 })).rejects.toMatchObject({ limit: 'output' });
    await expect(sandbox.run({ argv: ['sleep', '60'], limitMs: 500 })).rejects.toThrow(SandboxLimit);
  });

  it('ends a command of one piece of work, and stays for the others', async () => {
    const [piece, began] = [new AbortController(), Promise.withResolvers<void>()];
    const cut = sandbox.within(piece.signal).run({ argv: ['sh', '-c', 'echo begun; sleep 60'], stdout: () => began.resolve() });
    await began.promise;
    piece.abort(new Error('cancelled'));
    await expect(cut).rejects.toThrow('cancelled');
    await expect(sandbox.within(piece.signal).run({ argv: ['true'] })).rejects.toThrow('cancelled');
    expect((await run({ argv: ['echo', 'still here'] })).out).toContain('still here');
  });

  it('comes after apps where processors are short', async () => {
    const { HostConfig } = await builds.docker.getContainer(sandbox.id).inspect();
    expect(HostConfig.CpuShares).toBe(32);
  });

  it('is gone when its signal fires', async () => {
    const running = sandbox.run({ argv: ['sleep', '60'] });
    stop.abort(new Error('not wanted'));
    await expect(running).rejects.toThrow('not wanted');
    await sandbox.close();
    expect(await builds.docker.listContainers({ all: true, filters: { id: [sandbox.id] } })).toEqual([]);
  });
});
