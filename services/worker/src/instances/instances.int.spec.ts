import { explainFailure } from '@weir/build-plan';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Canary, Firewall } from '@weir/container-runtime-docker';
import { type DockerFixture, openDockerFixture } from '@weir/container-runtime-docker/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SystemClock } from './clock.ts';
import { Fence } from './fence.ts';
import { InMemoryInstanceFeed } from './feed/in-memory-instance-feed.ts';
import { checkHealth } from './health/health-check.ts';
import { Instances } from './instances.ts';
import { LogCursors } from './logs/log-cursors.ts';
import { SecretsFolders } from './secrets/secrets-folders.ts';
import { desiredInstance } from './testing/worker-fixture.ts';

/** The whole of it on a real engine, with a control plane in memory. Needs root, for secrets and firewall. */
describe.skipIf(process.getuid?.() !== 0)('the instances of a worker on Docker', { timeout: 60_000 }, () => {
  let engine: DockerFixture;
  let folder: string;
  let feed: InMemoryInstanceFeed;
  let secrets: SecretsFolders;
  let firewall: Firewall;
  let instances: Instances;
  let wanted: ReturnType<typeof desiredInstance>;

  const logger = pino({ level: 'silent' });
  const open = async () => {
    const canary = new Canary(engine.connection.calls, { installation: engine.installation, resolvers: [], image: wanted.image });
    const fence = new Fence({ firewall, canary, trustTenants: false, logger });
    instances = new Instances({ runtime: engine.runtime, feed, secrets, cursors: new LogCursors(join(folder, 'cursors')), checkHealth, explain: () => [], explainEnd: explainFailure, fence, clock: new SystemClock(), logger });
    await instances.start();
  };
  const spec = async () => engine.spec({ id: wanted.id });
  const status = () => expect.poll(() => feed.statuses(wanted.id).at(-1), { timeout: 20_000 });

  beforeAll(async () => {
    engine = await openDockerFixture();
    folder = await mkdtemp(join(tmpdir(), 'weir-worker-'));
    feed = new InMemoryInstanceFeed();
    secrets = new SecretsFolders(engine.installation, join(folder, 'run'));
    firewall = new Firewall({ installation: engine.installation, resolvers: [] });
    wanted = desiredInstance({ image: (await engine.spec()).image, secretsVersion: 1, limits: { memoryMib: 128, cpus: 1, pids: 64 } });
    feed.secretsOf.set(wanted.id, { version: 1, toml: 'key = "canary"', environment: { key: 'canary' } });
    await open();
  });
  afterAll(async () => {
    await instances.close();
    await firewall.remove();
    await engine.close();
    await secrets.unmount();
    await rm(folder, { recursive: true });
  });

  it('become healthy behind the firewall, with secrets only their user can read, on memory', async () => {
    feed.want([wanted]);
    await status().toBe('healthy');
    expect(feed.reports.at(-1)?.phases?.start).toBeGreaterThan(20); // a container takes its time: anything less is a second start
    expect(instances.status).toEqual({ fence: { status: 'proven' }, secretsOnMemory: true });
    const { uid, mode } = await stat(join(secrets.folder(wanted.id), 'secrets.toml'));
    expect([uid, mode & 0o777]).toEqual([wanted.uid, 0o400]);
    expect(await engine.run(await spec(), `out['toml'] = open('/run/secrets/secrets.toml').read()`)).toEqual({ toml: 'key = "canary"' });
    const inspected = JSON.stringify(await engine.connection.calls.getContainer(`weir-${engine.installation}-instance-${wanted.id}`).inspect());
    expect(inspected).not.toContain('canary');
  });

  it('see changed secrets without a restart', async () => {
    feed.secretsOf.set(wanted.id, { version: 2, toml: 'key = "new"', environment: {} });
    feed.want([{ ...wanted, secretsVersion: 2 }]);
    const running = await spec();
    await expect.poll(() => engine.run(running, `out['toml'] = open('/run/secrets/secrets.toml').read()`), { timeout: 5000 }).toEqual({ toml: 'key = "new"' });
  });

  it('are found again by the next worker, log included', async () => {
    await engine.write(await spec(), 'before');
    await expect.poll(() => feed.lines, { timeout: 5000 }).toContain('before');
    await instances.close();
    await engine.write(await spec(), 'between');
    const reports = feed.reports.length;
    await open();
    await expect.poll(() => feed.reports.slice(reports).map((report) => report.status), { timeout: 5000 }).toEqual(['healthy']);
    await engine.write(await spec(), 'after');
    await expect.poll(() => feed.lines.slice(-3), { timeout: 5000 }).toEqual(['before', 'between', 'after']);
  });

  it('are frozen and thawed without a restart, well again as soon as they can answer', async () => {
    const running = await spec();
    await engine.run(running, `sys.kept = 'in memory'; out['ok'] = True`);
    feed.want([{ ...wanted, secretsVersion: 2, desired: 'frozen' }]);
    await status().toBe('frozen');
    expect(await engine.runtime.list()).toMatchObject([{ id: wanted.id, state: 'frozen', address: feed.reports.at(-1)?.address }]);
    const askedAtMs = performance.now();
    feed.want([{ ...wanted, secretsVersion: 2 }]);
    await expect.poll(() => feed.statuses(wanted.id).at(-1), { timeout: 20_000, interval: 2 }).toBe('healthy');
    expect(performance.now() - askedAtMs).toBeLessThan(1000); // nobody waited for the next look, which is two seconds away, or the next health check
    expect(await engine.run(running, `out['kept'] = sys.kept`)).toEqual({ kept: 'in memory' });
  });

  it('tell of a process that used up the memory, and go on', async () => {
    const child = `import subprocess; out['code'] = subprocess.run([sys.executable, '-c', 'bytearray(512 * 1024 * 1024)']).returncode`;
    expect(await engine.run(await spec(), child)).toEqual({ code: -9 });
    await expect.poll(() => feed.reports.flatMap(({ warnings }) => warnings ?? []).map(({ code }) => code), { timeout: 20_000 }).toContain('app.child_oom');
    expect(feed.statuses(wanted.id).at(-1)).toBe('healthy');
  });

  it('are not started by a worker whose canary gets out, and it says where to', async () => {
    const { installation, connection: { calls } } = engine;
    await firewall.remove();
    const fence = new Fence({ firewall: { assert: async () => ({ status: 'enforced', repaired: false }) }, canary: new Canary(calls, { installation, resolvers: [], image: wanted.image, targets: async () => [] }), trustTenants: false, logger });
    await fence.hold();
    await fence.close();
    expect(fence.mayStart).toBe(false);
    expect(fence.problem).toEqual({ code: 'firewall.leaks', detail: expect.stringMatching(/^No app is started, because one could reach 10\.20[0-3]\.\d+\.\d+:22, .* more, which the firewall must keep from apps\.$/) });
    expect((await firewall.assert()).status).toBe('enforced');
    await fence.hold();
    expect(fence.mayStart).toBe(true);
    await fence.close();
  });

  it('are told of when they end, and leave nothing when their app is gone', async () => {
    await engine.exit(await spec());
    await status().toBe('crashed');
    expect(feed.reports.at(-1)).toMatchObject({ exit: { code: 3, lastLines: expect.arrayContaining(['after']) } });
    feed.want([]);
    const labels = [`weir.installation=${engine.installation}`];
    const left = async () => (await engine.runtime.list()).length + (await engine.connection.calls.listNetworks({ filters: { label: labels } })).length;
    await expect.poll(left, { timeout: 20_000 }).toBe(0);
    expect(await secrets.version(wanted.id)).toBeUndefined();
  });
});
