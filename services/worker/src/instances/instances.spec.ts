import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RuntimeProblem } from '@weir/container-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settled } from './testing/manual-clock.ts';
import { desiredInstance, WorkerFixture } from './testing/worker-fixture.ts';

describe('the instances of a worker', () => {
  let worker: WorkerFixture;
  beforeEach(async () => {
    worker = await WorkerFixture.open();
  });
  afterEach(() => worker.close());

  const wanted = desiredInstance();
  const statusIs = (status: string) => () => worker.feed.statuses(wanted.id).at(-1) === status;
  const state = async () => (await worker.runtime.list()).find(({ id }) => id === wanted.id)?.state;
  const live = async (given = wanted) => {
    worker.feed.want([given]);
    await worker.until(statusIs('healthy'));
  };
  const frozen = async () => {
    await live();
    worker.feed.want([{ ...wanted, desired: 'frozen' }]);
    await worker.until(statusIs('frozen'));
  };

  it('start what is missing, tell how long it took, and take the start’s extra processor time back', async () => {
    await live();
    expect(worker.feed.statuses(wanted.id)).toEqual(['starting', 'starting', 'healthy']);
    expect(worker.feed.reports.at(-1)).toMatchObject({ attempt: 1, address: expect.stringMatching(/:8501$/), phases: { start: expect.any(Number), healthy: expect.any(Number) } });
    await worker.until(() => !worker.runtime.hasBurst(wanted.id));
  });

  it('wait with a restart until its time has come', async () => {
    worker.feed.want([{ ...wanted, startAfter: new Date(worker.clock.now() + 4000).toISOString() }]);
    await worker.pass(3500);
    expect(worker.runtime.starts).toBe(0);
    await worker.until(statusIs('healthy'));
  });

  it('tell a crash that nobody can explain all the same', async () => {
    worker.explainEnd = () => {
      throw new RangeError('the log was too much');
    };
    await live();
    worker.runtime.end(wanted.id, { code: 1, signal: null, oom: false });
    await worker.until(statusIs('crashed'));
    expect(worker.feed.reports.at(-1)?.exit).toEqual({ code: 1, signal: null, oom: false, lastLines: [] });
  });

  it('tell a crash with its last lines, once, and start the next attempt', async () => {
    await live();
    worker.runtime.write(wanted.id, 'no such table: penguins');
    worker.runtime.end(wanted.id, { code: 1, signal: null, oom: false });
    await worker.until(statusIs('crashed'));
    expect(worker.feed.reports.at(-1)?.exit).toMatchObject({ code: 1, signal: null, oom: false, lastLines: ['no such table: penguins'], failure: { code: 'app.exited', message: 'The app ended with exit code 1 before it answered.' } });
    await worker.pass(10_000);
    expect(worker.feed.statuses(wanted.id).filter((status) => status === 'crashed')).toHaveLength(1);
    expect(worker.runtime.starts).toBe(1);
    await live({ ...wanted, attempt: 2 });
    expect(worker.runtime.starts).toBe(2);
  });

  it('give up what never becomes healthy within 120 s, and leave it ended', async () => {
    worker.healthy = () => false;
    worker.feed.want([wanted]);
    await worker.until(statusIs('failed'));
    expect(worker.feed.reports.at(-1)?.exit?.failure).toMatchObject({ code: 'app.start_timeout', phase: 'healthy', message: 'The app runs, but did not answer its health check within 120 seconds.' });
    await worker.pass(5000);
    expect(await state()).toBe('ended');
    expect(worker.feed.statuses(wanted.id).at(-1)).toBe('failed');
  });

  it('take what misses three health checks in a row as unhealthy, and not what misses two', async () => {
    await live();
    worker.healthy = () => false;
    await worker.pass(11_000);
    worker.healthy = () => true;
    await worker.pass(10_000);
    expect(worker.feed.statuses(wanted.id)).not.toContain('unhealthy');
    worker.healthy = () => false;
    await worker.until(statusIs('unhealthy'));
    worker.healthy = () => true;
    await worker.until(statusIs('healthy'));
    expect(await state()).toBe('running');
  });

  it('end what goes on missing its health checks, saying so', async () => {
    await live();
    const healthyAtMs = worker.clock.now();
    worker.healthy = () => false;
    await worker.until(statusIs('crashed'));
    expect(worker.feed.statuses(wanted.id).slice(-2)).toEqual(['unhealthy', 'crashed']);
    expect(worker.clock.now() - healthyAtMs).toBeGreaterThan(5 * 5000);
    expect(worker.feed.reports.at(-1)?.exit?.lastLines.join()).toContain('stopped answering');
    expect(worker.feed.reports.at(-1)?.exit?.unansweredMs).toBeGreaterThanOrEqual(6 * 5000);
    expect(worker.feed.reports.at(-1)?.exit?.unansweredMs).toBeLessThan(7 * 5000);
    await worker.until(async () => (await state()) === 'ended');
  });

  it('freeze an instance, leave its health alone while it is frozen, and tell at once that it is well when it is thawed', async () => {
    await live();
    const { address, container } = worker.feed.reports.at(-1) ?? {};
    worker.healthy = () => false;
    worker.feed.want([{ ...wanted, desired: 'frozen' }]);
    await worker.until(statusIs('frozen'));
    expect(worker.feed.reports.at(-1)).toMatchObject({ attempt: 1, status: 'frozen', container, address, exit: null });
    await worker.pass(60_000);
    expect(worker.feed.statuses(wanted.id).slice(-2)).toEqual(['healthy', 'frozen']);
    worker.healthy = () => true;
    worker.feed.want([wanted]);
    await settled();
    expect(await state()).toBe('running');
    expect(worker.feed.reports.at(-1)).toMatchObject({ attempt: 1, status: 'healthy', address });
    expect(worker.feed.reports.at(-1)).not.toHaveProperty('phases');
    expect(worker.runtime.starts).toBe(1);
  });

  it('ask a thawed instance for its health as often as any other', async () => {
    await frozen();
    await live();
    worker.healthy = () => false;
    await worker.until(statusIs('crashed'));
    expect(worker.feed.statuses(wanted.id).slice(-4)).toEqual(['frozen', 'healthy', 'unhealthy', 'crashed']);
  });

  it('find a frozen instance after the worker was killed, and leave it frozen', async () => {
    await frozen();
    const before = worker.feed.reports.length;
    await worker.restart();
    await worker.pass(20_000);
    expect(worker.feed.reports.slice(before).map(({ status }) => status)).toEqual(['frozen']);
    expect(await state()).toBe('frozen');
  });

  it('carry what a frozen instance wrote last, and bring it changed secrets', async () => {
    await frozen();
    worker.runtime.write(wanted.id, 'written just before');
    worker.feed.secretsOf.set(wanted.id, { version: 2, toml: 'key = "new"', environment: {} });
    worker.feed.want([{ ...wanted, desired: 'frozen', secretsVersion: 2 }]);
    await worker.until(async () => (await worker.secrets.version(wanted.id)) === 2);
    await worker.pass(1000);
    expect(worker.feed.lines).toEqual(['written just before']);
    expect(await state()).toBe('frozen');
  });

  it('tell that a frozen instance ended, and do not start it again', async () => {
    await frozen();
    worker.runtime.end(wanted.id, { code: 137, signal: 'SIGKILL', oom: false });
    await worker.until(statusIs('crashed'));
    expect(worker.feed.reports.at(-1)?.exit).toMatchObject({ code: 137, signal: 'SIGKILL' });
    await worker.pass(10_000);
    expect(worker.runtime.starts).toBe(1);
  });

  it('follow every change of mind at once', async () => {
    await live();
    for (const desired of ['frozen', 'running', 'frozen', 'running', 'frozen'] as const) {
      worker.feed.want([{ ...wanted, desired }]);
      await settled();
      expect(await state()).toBe(desired);
    }
    worker.feed.want([wanted]);
    worker.feed.want([{ ...wanted, desired: 'draining' }]);
    await settled();
    expect(await state()).toBe('running');
  });

  it('try again what the engine refuses at the next look, not without a pause', async () => {
    await live();
    let tries = 0;
    worker.runtime.freeze = async () => {
      tries++;
      throw new RuntimeProblem('refused', 'this engine cannot freeze');
    };
    worker.feed.want([{ ...wanted, desired: 'frozen' }]);
    await worker.pass(10_000);
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThan(10);
  });

  it('start nothing in order to freeze it', async () => {
    worker.feed.want([{ ...wanted, desired: 'frozen' }]);
    await worker.until(statusIs('stopped'));
    expect(worker.runtime.starts).toBe(0);
  });

  it('stop a frozen instance, and leave nothing of it', async () => {
    await frozen();
    worker.feed.want([{ ...wanted, desired: 'stopped' }]);
    await worker.until(statusIs('stopped'));
    expect(await state()).toBeUndefined();
  });

  it('keep a draining instance until it is to be stopped, then leave nothing of it', async () => {
    await live();
    worker.feed.want([{ ...wanted, desired: 'draining' }]);
    await worker.pass(5000);
    expect(await state()).toBe('running');
    worker.feed.want([{ ...wanted, desired: 'stopped' }]);
    await worker.until(statusIs('stopped'));
    expect(await state()).toBeUndefined();
  });

  it('remove everything of an app that is gone within a minute', async () => {
    await live();
    const goneAtMs = worker.clock.now();
    worker.feed.want([]);
    await worker.until(async () => (await worker.runtime.list()).length + worker.runtime.networks.size === 0 && (await worker.secrets.version(wanted.id)) === undefined);
    expect(worker.clock.now() - goneAtMs).toBeLessThan(60_000);
  });

  it('find what runs after the worker was killed, and start nothing twice', async () => {
    await live();
    const before = worker.feed.reports.length;
    await worker.restart();
    await worker.until(() => worker.feed.reports.length > before);
    expect(worker.feed.reports.slice(before).map(({ status }) => status)).toEqual(['healthy']);
    expect(worker.runtime.starts).toBe(1);
  });

  it('carry the log without a gap or a repetition over a killed worker', async () => {
    await live();
    for (const line of ['one', 'two']) {
      worker.runtime.write(wanted.id, line);
      await worker.pass(500);
    }
    await worker.restart();
    worker.runtime.write(wanted.id, 'three');
    await worker.until(() => worker.feed.lines.includes('three'));
    expect(worker.feed.lines).toEqual(['one', 'two', 'three']);
  });

  it('bring a change of secrets to the running instance', async () => {
    worker.feed.secretsOf.set(wanted.id, { version: 1, toml: 'key = "old"', environment: { key: 'old' } });
    await live({ ...wanted, secretsVersion: 1 });
    worker.feed.secretsOf.set(wanted.id, { version: 2, toml: 'key = "new"', environment: { key: 'new' } });
    worker.feed.want([{ ...wanted, secretsVersion: 2 }]);
    await worker.until(async () => (await worker.secrets.version(wanted.id)) === 2);
    expect(await readFile(join(worker.secrets.folder(wanted.id), 'secrets.toml'), 'utf8')).toBe('key = "new"');
    expect(worker.runtime.starts).toBe(1);
  });

  it('report what could not be told once the control plane is back', async () => {
    await live();
    worker.feed.away = true;
    worker.runtime.end(wanted.id);
    await worker.pass(20_000);
    expect(statusIs('crashed')()).toBe(false);
    worker.feed.away = false;
    await worker.until(statusIs('crashed'));
  });

  it('outlast an engine that is away', async () => {
    worker.runtime.down = true;
    worker.feed.want([wanted]);
    await worker.pass(10_000);
    expect(worker.feed.statuses(wanted.id)).not.toContain('failed');
    worker.runtime.down = false;
    await worker.until(statusIs('healthy'));
  });

  it('fail an instance whose image is gone, saying so', async () => {
    worker.runtime.images = new Set();
    worker.feed.want([wanted]);
    await worker.until(statusIs('failed'));
    expect(worker.feed.reports.at(-1)?.exit?.lastLines.join()).toContain('no image');
  });

  it('warn when a process of a living app ran out of memory', async () => {
    await live();
    worker.runtime.exceedMemory(wanted.id);
    await worker.until(() => worker.feed.reports.some(({ warnings }) => warnings?.[0]?.code === 'app.child_oom'));
    expect(await state()).toBe('running');
  });

  it('warn of what the log explains, once', async () => {
    worker.explain = (lines) => (lines.includes('boom') ? [{ code: 'app.missing_module', message: 'missing', excerpt: null }] : []);
    await live();
    for (const line of ['boom', 'more']) {
      worker.runtime.write(wanted.id, line);
      await worker.pass(1000);
    }
    expect(worker.feed.reports.filter(({ warnings }) => warnings)).toHaveLength(1);
  });
});
