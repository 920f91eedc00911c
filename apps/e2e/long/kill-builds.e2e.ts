import { type Phase, PHASES } from '@weir/domain';
import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../src/support/database.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { Installation } from '../src/support/weir.ts';
import { leftovers } from './leftovers.ts';

/** The same moments again: `WEIR_SEED=…`. Set `WEIR_DEPLOYMENTS` for fewer or more. */
const SEED = Number(process.env['WEIR_SEED'] ?? randomInt(2 ** 31));
const DEPLOYMENTS = Number(process.env['WEIR_DEPLOYMENTS'] ?? 20);
/** A build whose worker dies a third time fails for good: it may be what kills them. */
const MOST_KILLS = 2;
const MOMENTS: readonly Phase[] = PHASES.filter((phase) => phase !== 'routed');
const PACKAGES = ['six==1.16.0', 'six==1.17.0', 'iniconfig==2.0.0', 'sortedcontainers==2.4.0', 'tomli==2.0.1', 'zipp==3.20.0', 'idna==3.7', 'colorama==0.4.6', 'pluggy==1.5.0', 'platformdirs==4.2.2'];

interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly phase: Phase | null;
  readonly commit: string | null;
}

interface App {
  readonly tree: WorkTree;
  readonly live: DeployResult;
  edition: number;
  head: string;
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomFrom(SEED);
const source = (edition: number): string => `import streamlit as st\nst.text('edition ${edition}.')\n`;
let installation: Installation;
let apps: App[];
/** Every deployment that was pushed, and what became of it. */
const pushed: { readonly id: string; readonly app: App }[] = [];

const query = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> => withDatabase(installation, async (client) => (await client.query<T>(sql, values)).rows);
const deployments = () => query<Deployment & { attempt: number }>('select id, status, phase, commit, attempt from deployment');
const pending = async () => (await deployments()).filter(({ status }) => ['queued', 'building', 'starting'].includes(status));

async function pidOf(name: string): Promise<{ pid: number; restarts: number }> {
  const { processes } = await installation.json<{ processes: { name: string; status: string; pid: number | null; restarts: number }[] }>('status');
  const found = processes.find((process) => process.name === name);
  return { pid: found?.status === 'running' ? (found.pid ?? 0) : 0, restarts: found?.restarts ?? 0 };
}

/** Pushes an app's next edition until it is a deployment; every other one needs a new environment. */
async function push(app: App, index: number): Promise<string> {
  app.edition++;
  const needs = index % 2 === 0 ? `streamlit\n${PACKAGES[Math.floor(random() * PACKAGES.length)]}\n` : undefined;
  app.head = await app.tree.commit({ 'streamlit_app.py': source(app.edition), ...(needs !== undefined && { 'requirements.txt': needs }) }, `Edition ${app.edition}`);
  const remote = new URL(`${installation.up.gatewayUrl}/git/${app.live.app}.git`);
  remote.username = 'weir';
  remote.password = installation.up.token;
  const made = async () => (await query<Deployment>('select id from deployment where app_id = $1 and commit = $2', [app.live.app, app.head]))[0]?.id;
  for (const began = Date.now(); Date.now() - began < 60_000; ) {
    // It ends with its deployment or with its worker, whichever is first.
    let over = false;
    void app.tree.git('push', remote.href, 'main').catch(() => undefined).finally(() => (over = true));
    for (let id = await made(); id !== undefined || !over; id = await made()) if (id !== undefined) return id;
  }
  throw new Error('the push was not taken within a minute');
}

/** Kills a process at a moment of a deployment that its seed chooses; gives the phase that it was in. */
async function killDuring(name: string, id: string, moment: Phase): Promise<Phase | null> {
  const { pid, restarts } = await pidOf(name);
  const jitterMs = random() * (moment === 'environment' ? 1500 : 250);
  const reached = async () => {
    const [now] = await query<Deployment>('select status, phase from deployment where id = $1', [id]);
    return now?.phase == null || PHASES.indexOf(now.phase) >= PHASES.indexOf(moment);
  };
  while (!(await reached())) continue;
  await after(jitterMs); // the moment itself is what is random here
  const [at] = await query<Deployment>('select phase from deployment where id = $1', [id]);
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => { const now = await pidOf(name); return now.pid > 0 && now.restarts > restarts; }, { timeout: 60_000, interval: 300 }).toBe(true);
  return at?.phase ?? null;
}

async function seenBy({ live }: App): Promise<string> {
  const visitor = await StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: live.url });
  const text = visitor.text();
  await visitor.close();
  return text;
}

/** A minute after the last deployment ended. */
async function expectNothingLeft(): Promise<void> {
  const outcomes = async () => (await deployments()).map(({ id, status }) => ({ id, status })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const before = await outcomes();
  await expect.poll(() => leftovers(installation), { timeout: 75_000, interval: 1000 }).toEqual({});
  expect(await outcomes()).toEqual(before);
}

beforeAll(async () => {
  process.stdout.write(`WEIR_SEED=${SEED}\n`);
  installation = await Installation.start();
  apps = await Promise.all(['one', 'two', 'three', 'four'].map(async (hostname) => {
    const tree = await WorkTree.create({ 'streamlit_app.py': source(0), 'requirements.txt': 'streamlit\n' });
    const live = await installation.deploy(tree.folder, '--hostname', hostname);
    return { tree, live, edition: 0, head: live.commit ?? '' };
  }));
});
afterAll(() => installation?.destroy());

describe.each([['worker', DEPLOYMENTS], ['control-plane', Math.ceil(DEPLOYMENTS / 2)]])('a %s killed in each of %d deployments', (name, count) => {
  it('costs none of them its one outcome', async () => {
    const struck: string[] = [];
    for (let index = 0; index < count; index++) {
      const app = apps[index % apps.length]!;
      const id = await push(app, index);
      pushed.push({ id, app });
      await expect.poll(async () => (await pending()).filter(({ attempt }) => attempt > MOST_KILLS), { timeout: 120_000 }).toEqual([]);
      const moment = MOMENTS[Math.floor(random() * MOMENTS.length)]!;
      struck.push((await killDuring(name, id, moment)) ?? 'over');
    }
    process.stdout.write(`${name} killed during: ${struck.join(', ')}\n`);
    await expect.poll(pending, { timeout: 180_000, interval: 500 }).toEqual([]);
    const ended = new Map((await deployments()).map((one) => [one.id, one.status]));
    const newest = new Set(apps.map((app) => pushed.findLast((one) => one.app === app)?.id));
    for (const { id } of pushed) expect(newest.has(id) ? ['live'] : ['superseded'], `${id} ${JSON.stringify(struck)}`).toContain(ended.get(id));
    expect(new Set(struck).size).toBeGreaterThan(Math.min(3, count / 3));
  }, 1_800_000);

  it('leaves the head of every branch live, and one release at most for each deployment', async () => {
    for (const app of apps) {
      const { live, head, edition } = app;
      const { text } = await installation.api(`/v1/apps/${live.app}`);
      expect(JSON.parse(text)).toMatchObject({ status: 'live', release: { commit: head } });
      expect(await seenBy(app)).toContain(`edition ${edition}.`);
    }
    expect(await query('select release_id from deployment where release_id is not null group by release_id having count(*) > 1')).toEqual([]);
    expect(await query('select r.id from release r where not exists (select 1 from deployment d where d.release_id = r.id)')).toEqual([]);
    expect(await query("select app_id from deployment where status = 'live' group by app_id having count(*) <> 1")).toEqual([]);
    expect(await query("select target from audit_event where action = 'deployment.create' group by target having count(*) <> 1")).toEqual([]);
  });

  it('leaves nothing behind a minute later, and the outcomes stand', expectNothingLeft, 120_000);
});

describe('a deployment whose worker dies each time', () => {
  it('fails after the third, with that reason, and what is live stays', async () => {
    const app = apps[0]!;
    const { edition, head } = app;
    const id = await push(app, 0);
    for (let attempt = 1; attempt <= MOST_KILLS + 1; attempt++) {
      const { pid } = await pidOf('worker');
      await expect.poll(() => query('select status, attempt from deployment where id = $1', [id]), { timeout: 90_000, interval: 20 }).toEqual([{ status: 'building', attempt }]);
      process.kill(pid, 'SIGKILL');
      await expect.poll(async () => { const now = await pidOf('worker'); return now.pid > 0 && now.pid !== pid; }, { timeout: 60_000, interval: 300 }).toBe(true);
    }
    await expect.poll(() => query("select status, failure->>'code' as code from deployment where id = $1", [id]), { timeout: 120_000 }).toEqual([{ status: 'failed', code: 'build.worker_lost' }]);
    expect(JSON.parse((await installation.api(`/v1/apps/${app.live.app}`)).text)).toMatchObject({ status: 'live', release: { commit: head } });
    expect(await seenBy(app)).toContain(`edition ${edition}.`);
    const next = await push(app, 1);
    await expect.poll(() => query('select status from deployment where id = $1', [next]), { timeout: 120_000 }).toEqual([{ status: 'live' }]);
  }, 600_000);
});

describe('a worker that stands still for longer than its lease', () => {
  it('leads to one release and one outcome all the same', async () => {
    const app = apps[1]!;
    const { pid } = await pidOf('worker');
    const id = await push(app, 0);
    await expect.poll(() => query('select status from deployment where id = $1', [id]), { timeout: 60_000, interval: 20 }).toEqual([{ status: 'building' }]);
    process.kill(pid, 'SIGSTOP');
    try {
      await expect.poll(() => query('select id from deployment where id = $1 and lease_until < now()', [id]), { timeout: 60_000 }).toHaveLength(1);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect.poll(() => query('select status from deployment where id = $1', [id]), { timeout: 180_000 }).toEqual([{ status: 'live' }]);
    expect(await query('select count(*)::int as releases from release where app_id = $1 and commit = $2', [app.live.app, app.head])).toEqual([{ releases: 1 }]);
    expect(await seenBy(app)).toContain(`edition ${app.edition}.`);
  }, 400_000);

  it('leaves nothing behind either', expectNothingLeft, 120_000);
});
