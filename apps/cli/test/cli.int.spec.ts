import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PretendWorker } from '../../../services/control-plane/src/internal/testing/pretend-worker.ts';
import { type RunningControlPlane, runControlPlane } from '../../../services/control-plane/src/testing/running-control-plane.ts';
import { buildCli, runCli } from './run-cli.ts';

const URL_OF_REPOSITORY = 'https://git.example.org/ada/sales.git';

let plane: RunningControlPlane;
let worker: PretendWorker;
let dataDir: string;
beforeAll(async () => {
  buildCli();
  plane = await runControlPlane();
  worker = new PretendWorker(plane);
  dataDir = mkdtempSync(join(tmpdir(), 'weir-cli-'));
  writeFileSync(join(dataDir, 'endpoint.json'), JSON.stringify({ apiUrl: plane.baseUrl, gatewayUrl: plane.baseUrl, consoleUrl: plane.baseUrl, controlPlaneUrl: plane.baseUrl, appsDomain: 'localhost:8080' }));
  writeFileSync(join(dataDir, 'cli-token'), `${plane.cliToken}\n`);
  writeFileSync(join(dataDir, 'internal-token'), 'internal-token-for-tests-0123456789abcdef');
});
afterAll(() => plane.close());

const cli = (...args: string[]) => runCli([...args, '--data-dir', dataDir, '--json'], {}, dataDir);

/** The deployment that waits to be built, once there is one. */
async function queued(): Promise<string> {
  const next = () => plane.db.deployment.findFirst({ where: { status: 'queued' } });
  await expect.poll(next, { timeout: 20_000 }).not.toBeNull();
  return (await next())?.id ?? '';
}

async function goesLive(): Promise<void> {
  const deployment = await queued();
  const attempt = await worker.claim(deployment);
  await worker.appendLog(deployment, { writer: 'pretend', batch: 1, lines: [{ at: new Date().toISOString(), stream: 'stdout', text: 'installing pandas' }] });
  await worker.reportBuild(deployment, { kind: 'fetched', attempt, commit: 'a'.repeat(40), branch: 'main', message: 'Change', author: 'Ada' });
  await worker.reportBuild(deployment, worker.built(attempt));
  await worker.see(await worker.instanceOf(deployment), 'healthy');
  const { cursor } = await worker.routes(-1, 0);
  await worker.reportActivity({ instances: [], used: [], cursor });
}

async function breaks(): Promise<void> {
  const deployment = await queued();
  const attempt = await worker.claim(deployment);
  await worker.reportBuild(deployment, { kind: 'failed', attempt, failure: { code: 'build.package_not_found', phase: 'environment', message: 'There is no package nope.', hint: null, excerpt: null }, finished: {} });
}

describe('weir deploy', () => {
  it('says its place in line while it waits, and again when that changes', async () => {
    const ben = await plane.caller('owner');
    const { id: before } = await ben.deploy((await ben.app()).id);
    const [second, next] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const running = runCli(['deploy', URL_OF_REPOSITORY, '--hostname', 'patient', '--data-dir', dataDir, '--json'], {}, dataDir, (stderr) => {
      if (stderr.includes('Queued, 2nd in line')) second.resolve();
      if (stderr.includes('Queued, next in line')) next.resolve();
    });
    await second.promise;
    await ben.call('POST', `/deployments/${before}/cancel`);
    await next.promise;
    const [end] = await Promise.all([running, goesLive()]);
    expect(end).toMatchObject({ code: 0, json: { status: 'live' } });
    await cli('delete', 'patient', '--yes');
  });

  it('makes an app of a repository, streams its log and ends when it is live', async () => {
    const [end] = await Promise.all([cli('deploy', URL_OF_REPOSITORY), goesLive()]);
    expect(end).toMatchObject({ code: 0, json: { hostname: 'sales', url: 'http://sales.localhost:8080', status: 'live', commit: 'a'.repeat(40), failure: null, warnings: [] } });
    expect(end.stdout.trim().split('\n')).toHaveLength(1);
    expect(end.stderr).toContain('installing pandas');
    expect(end.json['phases']).toHaveProperty('routed');
  });

  it('deploys the same app again by its hostname, and changes only the settings that are given', async () => {
    const [end] = await Promise.all([cli('deploy', 'sales', '--entry', 'my app.py', '--python', '3.11'), breaks()]);
    expect(end).toMatchObject({ code: 1, json: { status: 'failed', failure: { code: 'build.package_not_found' } } });
    const [again] = await Promise.all([cli('deploy', URL_OF_REPOSITORY, '--branch', 'dev'), goesLive()]);
    expect(again.json['app']).toBe(end.json['app']);
    expect((await cli('app', 'sales')).json).toMatchObject({ app: end.json['app'], python: '3.11', source: { branch: 'dev', entryFile: 'my app.py' } });
  });

  it('refuses a hostname that an app with another source has', async () => {
    expect(await cli('deploy', 'https://git.example.org/eve/sales.git')).toMatchObject({ code: 2, json: { code: 'app.hostname_taken', status: 409 } });
  });

  it('sets secrets before it deploys, and never prints them', async () => {
    writeFileSync(join(dataDir, 'good.toml'), 'password = "canary"\n');
    writeFileSync(join(dataDir, 'bad.toml'), 'password = canary\n');
    const bad = await cli('deploy', 'sales', '--secrets', 'bad.toml');
    expect(bad).toMatchObject({ code: 2, json: { code: 'secrets.malformed' } });
    const [good] = await Promise.all([cli('deploy', 'sales', '--secrets', 'good.toml'), goesLive()]);
    expect(good.code).toBe(0);
    const listed = await cli('secrets', 'list', 'sales');
    expect(listed.json).toMatchObject({ items: [{ name: 'password', version: 1 }] });
    for (const end of [bad, good, listed]) expect(end.stdout + end.stderr).not.toContain('canary');
  });

  it.each([[';touch x'], ['$(x)'], ['--upload-pack=x'], ['-x'], ['../nowhere'], ['x'.repeat(300)], ['a\nb'], ['no-such-app'], ['ext::sh -c x'], ['file:///etc']])('refuses %j and runs nothing', async (source) => {
    expect((await cli('deploy', source)).code).toBe(2);
  });

  it.each([['--branch', '--upload-pack=x'], ['--branch', 'a b'], ['--entry', '../x.py'], ['--hostname', 'A B'], ['--hostname', 'console'], ['--python', '3.11; x']])('refuses %s %j', async (option, value) => {
    expect(await cli('deploy', 'https://git.example.org/ada/other.git', `${option}=${value}`)).toMatchObject({ code: 2, json: { status: 422 } });
  });

  it('refuses a Python that is not here, and lists those that are', async () => {
    const end = await cli('deploy', 'https://git.example.org/ada/other.git', '--python', '3.14');
    expect(end).toMatchObject({ code: 2, json: { code: 'app.python_unavailable', detail: 'Python 3.14 is not available here. There is 3.11, 3.13.' } });
    expect((await cli('app', 'other')).code, 'no app was made').toBe(2);
  });

  it('tells a folder outside any repository how to become one', async () => {
    mkdirSync(join(dataDir, 'loose'));
    const end = await cli('deploy', 'loose');
    expect(end).toMatchObject({ code: 2, json: { code: 'source.no_repository' } });
    expect(end.json['detail']).toMatch(/git init[^]*git -C .* commit/);
  });

  it('names the app even when its push is refused', async () => {
    const folder = join(dataDir, 'committed');
    mkdirSync(folder);
    writeFileSync(join(folder, 'app.py'), '');
    execFileSync('git', ['-C', folder, 'init', '--quiet']);
    execFileSync('git', ['-C', folder, 'add', '--all']);
    execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '--quiet', '--message', 'One']);
    const end = await cli('deploy', 'committed'); // this control plane has no Git remote behind it
    expect(end).toMatchObject({ code: 2, json: { code: 'git.push_refused', app: expect.stringMatching(/^app_/) } });
  });
});

describe('weir, for an app that is live', () => {
  it('stops, starts and reboots it, and waits until it is so', async () => {
    const { id } = await plane.db.app.findFirstOrThrow({ where: { hostname: 'sales' } });
    const wanted = async () => (await worker.instances(-1, 0)).instances.filter((one) => one.app === id && one.desired === 'running');
    /** Waits until so many instances are wanted, and says that they are healthy. */
    const run = async (count: number): Promise<void> => {
      await expect.poll(async () => (await wanted()).length, { timeout: 20_000 }).toBe(count);
      for (const instance of await wanted()) await worker.see(instance, 'healthy');
    };
    expect(await cli('stop', 'sales')).toMatchObject({ code: 0, json: { app: id, status: 'stopped' } });
    expect(await cli('reboot', 'sales')).toMatchObject({ code: 2, json: { code: 'app.stopped', app: id } });
    const [started] = await Promise.all([cli('start', 'sales'), run(1)]);
    expect(started).toMatchObject({ code: 0, json: { app: id, status: 'live' } });
    const [rebooted] = await Promise.all([cli('reboot', 'sales'), run(2)]);
    expect(rebooted).toMatchObject({ code: 0, json: { app: id, status: 'live' } });
  });

  it('scales it, and waits until all of its instances are healthy', async () => {
    const run = async (): Promise<void> => {
      await expect.poll(async () => (await worker.wantedOf({ id }, 'running')).length, { timeout: 20_000 }).toBe(3);
      for (const instance of await worker.wantedOf({ id }, 'running')) await worker.see(instance, 'healthy');
    };
    const { id } = await plane.db.app.findFirstOrThrow({ where: { hostname: 'sales' } });
    const [scaled] = await Promise.all([cli('scale', 'sales', '3'), run()]);
    expect(scaled).toMatchObject({ code: 0, json: { app: id, status: 'live', replicas: 3, serving: 3 } });
    expect(await cli('scale', 'sales', '1')).toMatchObject({ code: 0, json: { replicas: 1, serving: 1 } });
    for (const replicas of ['0', '99', '-1', 'many']) expect(await cli('scale', 'sales', replicas), replicas).toMatchObject({ code: 2, json: { status: 422 } });
    expect(await cli('scale', 'no-such-app', '2')).toMatchObject({ code: 2, json: { code: 'app.not_found' } });
  });

  it('puts it to sleep and wakes it, and waits until it is so', async () => {
    const { id } = await plane.db.app.findFirstOrThrow({ where: { hostname: 'sales' } });
    const report = async (desired: 'frozen' | 'running', status: 'frozen' | 'healthy'): Promise<void> => {
      await expect.poll(async () => (await worker.wantedOf({ id }, desired)).length, { timeout: 20_000 }).toBe(1);
      for (const instance of await worker.wantedOf({ id }, desired)) await worker.see(instance, status);
    };
    const [frozen] = await Promise.all([cli('sleep', 'sales'), report('frozen', 'frozen')]);
    expect(frozen).toMatchObject({ code: 0, json: { app: id, status: 'asleep', sleeping: 'frozen' } });
    const [woken] = await Promise.all([cli('wake', 'sales'), report('running', 'healthy')]);
    expect(woken).toMatchObject({ code: 0, json: { app: id, status: 'live' } });
    expect(await cli('sleep', 'sales', '--depth', 'stopped')).toMatchObject({ code: 0, json: { status: 'asleep', sleeping: 'stopped' } });
    expect(await cli('sleep', 'sales', '--depth', 'deep')).toMatchObject({ code: 2, json: { code: 'cli.usage' } });
    await Promise.all([cli('wake', 'sales'), report('running', 'healthy')]);
  });

  it('sets when it sleeps and how long it drains, and leaves the rest', async () => {
    expect(await cli('set', 'sales', '--freeze-after', 'never', '--drain', '60')).toMatchObject({ code: 0, json: { sleep: { freezeAfterMinutes: null, stopAfterMinutes: 1440 }, drainSeconds: 60 } });
    expect(await cli('set', 'sales', '--stop-after', '30')).toMatchObject({ code: 0, json: { sleep: { freezeAfterMinutes: null, stopAfterMinutes: 30 }, drainSeconds: 60 } });
    expect(await cli('set', 'sales')).toMatchObject({ code: 2, json: { code: 'cli.usage' } });
    expect(await cli('set', 'sales', '--freeze-after', 'soon')).toMatchObject({ code: 2, json: { code: 'cli.usage' } });
  });

  it('lists apps, deployments and releases, newest first', async () => {
    expect((await cli('apps')).json).toMatchObject([{ hostname: 'committed' }, { hostname: 'sales' }]);
    const deployments = (await cli('deployments', 'sales')).json as unknown as { number: number }[];
    expect(deployments.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
    expect((await cli('releases', 'sales')).json).toMatchObject([{ number: 3, current: true }, { number: 2 }, { number: 1 }]);
  });

  it('prints the log of a build, one object a line', async () => {
    const { stdout, code } = await cli('logs', 'sales', '--build');
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(lines).toContainEqual({ at: expect.any(String), stream: 'stdout', text: 'installing pandas' });
  });

  it('signs in by link, opens nothing without a terminal, and deletes only when told to', async () => {
    expect((await cli('signin-link')).json['signInUrl']).toContain('http');
    expect((await cli('open', 'sales')).json).toMatchObject({ url: 'http://sales.localhost:8080' });
    expect(await cli('delete', 'sales')).toMatchObject({ code: 2, json: { code: 'delete.consent_needed' } });
    expect(await cli('delete', 'sales', '--yes')).toMatchObject({ code: 0, json: { status: 'deleted' } });
    expect(await cli('app', 'sales')).toMatchObject({ code: 2, json: { code: 'app.not_found' } });
  });
});

describe('weir, for a platform elsewhere', () => {
  it('goes by --url and the token in WEIR_TOKEN, also where the name is known only to browsers', async () => {
    const { port } = new URL(plane.baseUrl);
    expect((await runCli(['apps', '--url', `http://console.localhost:${port}`, '--json'], { WEIR_TOKEN: plane.cliToken })).code).toBe(0);
    expect(await runCli(['apps', '--url', plane.baseUrl, '--json'])).toMatchObject({ code: 2, json: { code: 'cli.token_needed' } });
    expect(await runCli(['apps', '--url', plane.baseUrl, '--json'], { WEIR_TOKEN: 'wrong' })).toMatchObject({ code: 2, json: { status: 401 } });
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const gone = (silent.address() as AddressInfo).port;
    silent.close();
    expect(await runCli(['apps', '--url', `http://127.0.0.1:${gone}`, '--json'], { WEIR_TOKEN: 'x' })).toMatchObject({ code: 1, json: { code: 'cli.unreachable' } });
  });
});

/** The next deployment has a committed credential. */
async function isRefused(): Promise<void> {
  const deployment = await queued();
  const attempt = await worker.claim(deployment);
  const place = { path: 'app.py', line: 3 };
  await worker.reportBuild(deployment, { kind: 'checked', attempt, warnings: [{ code: 'secret.committed', message: 'A GitHub token (ghp_…) is committed.', excerpt: null, place, hint: 'Replace it.' }] });
  await worker.reportBuild(deployment, { kind: 'failed', attempt, failure: { code: 'secret.committed', phase: 'plan', message: 'A credential is committed.', hint: 'Remove it.', excerpt: null }, finished: {} });
}

describe('weir deploy of a committed credential', () => {
  it('ends with 2 and names its place, and asks for no less with --acknowledge-secrets', async () => {
    const [refused] = await Promise.all([cli('deploy', URL_OF_REPOSITORY, '--hostname', 'leak'), isRefused()]);
    expect(refused).toMatchObject({ code: 2, json: { status: 'failed', failure: { code: 'secret.committed' }, warnings: [{ place: { path: 'app.py', line: 3 } }] } });
    const [live] = await Promise.all([cli('deploy', 'leak', '--acknowledge-secrets'), goesLive()]);
    expect(live).toMatchObject({ code: 0, json: { status: 'live' } });
    expect((await plane.db.deployment.findUniqueOrThrow({ where: { id: String(live.json['deployment']) } })).acknowledgesSecrets).toBe(true);
  });
});

describe('weir python', () => {
  it('lists those that there are and those that cannot be had', async () => {
    const { code, stdout } = await cli('python', 'list');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ version: '3.9' }, { version: '3.10', state: 'unavailable', reason: 'nobody has it' }, { version: '3.11', isDefault: true }, { version: '3.13', state: 'on-first-need' }]);
  });

  it('adds one: tells each step, and ends when it is ready', async () => {
    expect(await cli('python', 'add', '3.13')).toMatchObject({ code: 0, json: { version: '3.13', state: 'ready' }, stderr: expect.stringContaining('unpacking') });
    expect((await runCli(['python', 'list', '--data-dir', dataDir], {}, dataDir)).stdout).toContain('3.13     memory  ready        2 MB');
  });

  it('refuses one that cannot be had', async () => {
    expect(await cli('python', 'add', '3.10')).toMatchObject({ code: 2, json: { code: 'app.python_unavailable' } });
  });
});
