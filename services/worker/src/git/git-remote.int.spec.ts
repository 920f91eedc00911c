import { InternalClient } from '@weir/api-client';
import { newId } from '@weir/domain';
import { createLogger } from '@weir/telemetry';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBuilds } from '../builds/build-fixture.ts';
import { pretendControlPlane, TOKEN } from './control-plane-fixture.ts';
import { GitRemote } from './git-remote.ts';
import { ReceivePush } from './receive-push.ts';

const app = newId('app', Date.now(), randomBytes(16));
const listening = async (server: Server): Promise<string> => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

describe('the built-in Git remote', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  const controlPlane = pretendControlPlane(app);
  let server: Server;
  let folder: string;
  let url: string;

  const git = (...args: string[]) =>
    new Promise<{ code: number; words: string }>((resolve) => {
      const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: folder, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1' };
      execFile('git', ['-c', 'user.name=A', '-c', 'user.email=a@localhost', ...args], { cwd: folder, env }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code ?? 1) : 0, words: stdout + stderr }));
    });
  const commit = async (file: string, text: string | Buffer): Promise<void> => {
    await writeFile(join(folder, file), text);
    await git('add', '.');
    await git('commit', '-q', '-m', `change ${file}`);
  };

  beforeAll(async () => {
    builds = await openBuilds();
    folder = await mkdtemp(join(tmpdir(), 'weir-push-'));
    const log = createLogger({ process: 'worker', level: 'silent' });
    const baseUrl = `http://${await listening(controlPlane.server)}`;
    const client = new InternalClient({ baseUrl, token: 'internal' });
    const remote = new GitRemote(client, builds.repositories, new ReceivePush(client, baseUrl, log), log, 8_000_000);
    server = createServer((request, response) => void remote.handle(request, response).catch((error: Error) => response.destroy(error)));
    url = `http://weir:${TOKEN}@${await listening(server)}/git/${app}.git`;
    await git('init', '-q', '-b', 'main');
    await commit('app.py', 'import streamlit\n');
  });
  afterAll(async () => {
    server.close();
    controlPlane.server.close();
    await builds.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks for a token, and takes no other', async () => {
    expect((await git('push', url.replace(`weir:${TOKEN}@`, ''), 'main')).words).toMatch(/could not read Username|Authentication failed/);
    expect((await git('push', url.replace(TOKEN, 'a-bad-token'), 'main')).words).toContain('Authentication failed');
    expect(controlPlane.pushes).toEqual([]);
  });

  it('stores a push, tells the control plane and shows the build in the pushing terminal, without its control characters', async () => {
    const { code, words } = await git('push', url, 'main');
    expect(code, words).toBe(0);
    expect(words).toMatch(/remote: Installing .*things/);
    expect(words).not.toContain('\u0007');
    expect(controlPlane.pushes.at(-1)).toMatchObject({ branch: 'main', token: TOKEN, commit: (await git('rev-parse', 'HEAD')).words.trim() });
  });

  it('gives back what was pushed', async () => {
    const { code, words } = await git('clone', '-q', url, join(folder, 'again'));
    expect(code, words).toBe(0);
    expect((await git('-C', 'again', 'rev-parse', 'HEAD')).words).toBe((await git('rev-parse', 'HEAD')).words);
    await rm(join(folder, 'again'), { recursive: true });
  });

  it('deploys nothing when asked so', async () => {
    const before = controlPlane.pushes.length;
    await commit('b.py', 'x = 1\n');
    expect((await git('-c', 'http.extraHeader=Weir-Deploy: none', 'push', url, 'main')).code).toBe(0);
    expect(controlPlane.pushes).toHaveLength(before);
  });

  it('accepts a force-push', async () => {
    await git('commit', '-q', '--amend', '-m', 'rewritten');
    expect((await git('push', url, 'main')).code).not.toBe(0);
    expect((await git('push', '--force', url, 'main')).code).toBe(0);
    expect(controlPlane.pushes.at(-1)?.commit).toBe((await git('rev-parse', 'HEAD')).words.trim());
  });

  it('takes a push of several megabytes', async () => {
    await commit('data.bin', randomBytes(6_000_000));
    const { code, words } = await git('push', url, 'main');
    expect(code, words).toBe(0);
  });

  /** Everything the repository has: its objects, its refs, what a push left on its way. */
  const stored = async () => (await readdir(join(builds.dataDir, 'git', `${app}.git`), { recursive: true })).toSorted();

  it.each<[string, string, () => Promise<void>]>([
    ['is too large', 'larger than 8 MB', () => commit('large.bin', randomBytes(12_000_000))],
    ['carries objects that git would not have made', 'broken', async () => {
      const blob = (await git('rev-parse', 'HEAD:app.py')).words.trim();
      await writeFile(join(folder, '.git/tree'), `100644 blob ${blob}\t.git\n`);
      const tree = (await git('-c', 'alias.make=!git mktree < .git/tree', 'make')).words.trim();
      await git('reset', '-q', '--soft', (await git('commit-tree', '-p', 'HEAD', '-m', 'broken', tree)).words.trim());
    }],
  ])('refuses a push that %s, in a sentence, and keeps nothing of it', async (_, sentence, make) => {
    const before = { head: (await git('rev-parse', 'HEAD')).words.trim(), stored: await stored(), pushes: controlPlane.pushes.length };
    await make();
    const { code, words } = await git('push', url, 'main');
    expect(code).not.toBe(0);
    expect(words).toMatch(/remote rejected/);
    expect(words).toContain(sentence);
    expect(await stored()).toEqual(before.stored);
    expect(controlPlane.pushes).toHaveLength(before.pushes);
    await git('reset', '-q', '--hard', before.head);
    expect((await git('push', url, 'main')).words).toContain('Everything up-to-date');
  });

  it('names a first branch as HEAD, and builds from what was pushed', async () => {
    const order = builds.order({ branch: 'main' }, { app, commit: (await git('rev-parse', 'HEAD')).words.trim() });
    const running = builds.run.execute(order, new AbortController().signal);
    await expect.poll(() => builds.reports.find('fetched'), { timeout: 20_000, interval: 5 }).toBeDefined();
    builds.reports.stop(order.deployment);
    await running;
    expect(builds.reports.text).toContain('change data.bin');
  });
});
