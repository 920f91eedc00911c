import { type Phase, PHASES } from '@weir/domain';
import { randomInt } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftovers } from './leftovers.ts';
import { type PushedApp, StruckPlatform } from './struck-platform.ts';

/** The same moments again: `WEIR_SEED=…`. Set `WEIR_DEPLOYMENTS` for fewer or more. */
const SEED = Number(process.env['WEIR_SEED'] ?? randomInt(2 ** 31));
const DEPLOYMENTS = Number(process.env['WEIR_DEPLOYMENTS'] ?? 20);
/** A build whose worker dies a third time fails for good: it may be what kills them. */
const MOST_KILLS = 2;
const MOMENTS: readonly Phase[] = PHASES.filter((phase) => phase !== 'routed');
const A_MINUTE = { timeout: 75_000, interval: 1000 };
const PACKAGES = ['six', 'iniconfig', 'sortedcontainers', 'tomli', 'zipp', 'idna', 'colorama', 'pluggy', 'platformdirs', 'filelock'];

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
let pushes = 0;
/** A set of packages that no push before asked for. */
const fresh = (): string => {
  const number = pushes++;
  return PACKAGES.filter((_, bit) => ((number + 1) >> bit) & 1).join('\n');
};
let platform: StruckPlatform;

/** Kills a process at a moment of a deployment that the seed chooses; gives the phase that it was in. */
async function killDuring(name: string, pid: number, id: string, moment: Phase): Promise<Phase | null> {
  const jitterMs = random() * (moment === 'environment' ? 1500 : 250);
  const isReached = async () => {
    const { phase } = await platform.deployment(id);
    return phase === null || PHASES.indexOf(phase) >= PHASES.indexOf(moment);
  };
  while (!(await isReached())) continue;
  await after(jitterMs); // the moment itself is what is random here
  const { phase } = await platform.deployment(id);
  await platform.kill(name, pid);
  return phase;
}

beforeAll(async () => {
  process.stdout.write(`WEIR_SEED=${SEED}\n`);
  platform = await StruckPlatform.start(['one', 'two', 'three', 'four']);
});
afterAll(() => platform?.installation.destroy());

describe.each([['worker', DEPLOYMENTS], ['control-plane', Math.ceil(DEPLOYMENTS / 2)]])('a %s killed in each of %d deployments', (name, count) => {
  it('costs none of them its one outcome', async () => {
    const struck: string[] = [];
    const pushed: { readonly id: string; readonly app: PushedApp }[] = [];
    /** What was pending at a kill: an attempt that died is counted by the platform only when the next one begins. */
    const killed = new Map<string, number>();
    const kills = (id: string): number => killed.get(id) ?? 0;
    for (let index = 0; index < count; index++) {
      const app = platform.apps[index % platform.apps.length]!;
      const pid = await platform.pidOf(name); // a push of nothing but source is live in a second, which is no time to ask
      const id = await platform.push(app, index % 2 === 0 ? fresh() : undefined);
      pushed.push({ id, app });
      await expect.poll(async () => (await platform.pending()).filter((one) => kills(one.id) >= MOST_KILLS), { timeout: 120_000 }).toEqual([]);
      for (const one of await platform.pending()) killed.set(one.id, kills(one.id) + 1);
      const moment = MOMENTS[Math.floor(random() * MOMENTS.length)]!;
      struck.push((await killDuring(name, pid, id, moment)) ?? 'over');
    }
    process.stdout.write(`${name} killed during: ${struck.join(', ')}\n`);
    await expect.poll(platform.pending, { timeout: 180_000, interval: 500 }).toEqual([]);
    const ended = new Map((await platform.deployments()).map(({ id, status }) => [id, status]));
    const newest = new Set(platform.apps.map((app) => pushed.findLast((one) => one.app === app)?.id));
    for (const { id } of pushed) expect(ended.get(id), id).toBe(newest.has(id) ? 'live' : 'superseded');
    expect(new Set(struck).size, 'the moments are spread over phases').toBeGreaterThanOrEqual(3);
  }, 1_800_000);

  it('leaves the head of every branch live, and one release at most for each deployment', async () => {
    // The gateway asks a control plane that was away again within a second or so.
    for (const app of platform.apps) await expect.poll(() => platform.shown(app), { timeout: 5_000 }).toMatchObject({ commit: app.head, text: expect.stringContaining(`edition ${app.edition}.`) });
    expect(await platform.query('select release_id from deployment where release_id is not null group by release_id having count(*) > 1')).toEqual([]);
    expect(await platform.query('select r.id from release r where not exists (select 1 from deployment d where d.release_id = r.id)')).toEqual([]);
    expect(await platform.query("select app_id from deployment where status = 'live' group by app_id having count(*) <> 1")).toEqual([]);
    expect(await platform.query("select target from audit_event where action = 'deployment.create' group by target having count(*) <> 1")).toEqual([]);
  });

  it('leaves nothing behind a minute later, and the outcomes stand', async () => {
    const before = await platform.outcomes();
    await expect.poll(() => leftovers(platform.installation), A_MINUTE).toEqual({});
    expect(await platform.outcomes()).toEqual(before);
  }, 120_000);
});

describe('a deployment whose worker dies each time', () => {
  it('fails after the third, with that reason, and what is live stays', async () => {
    const [app] = platform.apps as [PushedApp];
    const { edition, head } = app;
    const id = await platform.push(app, fresh());
    for (let attempt = 1; attempt <= MOST_KILLS + 1; attempt++) {
      const pid = await platform.pidOf('worker');
      await expect.poll(() => platform.deployment(id), { timeout: 90_000, interval: 20 }).toMatchObject({ status: 'building', attempt });
      await platform.kill('worker', pid);
    }
    await expect.poll(() => platform.query("select status, failure->>'code' as code from deployment where id = $1", id), { timeout: 120_000 }).toEqual([{ status: 'failed', code: 'build.worker_lost' }]);
    expect(await platform.shown(app)).toMatchObject({ commit: head, text: expect.stringContaining(`edition ${edition}.`) });
    const next = await platform.push(app);
    await expect.poll(() => platform.deployment(next), { timeout: 120_000 }).toMatchObject({ status: 'live' });
  }, 600_000);
});

describe('a worker that stands still for longer than its lease', () => {
  it('leads to one release and one outcome all the same', async () => {
    const app = platform.apps[1]!;
    const pid = await platform.pidOf('worker');
    const id = await platform.push(app, fresh());
    await expect.poll(() => platform.deployment(id), { timeout: 60_000, interval: 20 }).toMatchObject({ status: 'building' });
    process.kill(pid, 'SIGSTOP');
    try {
      await expect.poll(() => platform.query('select id from deployment where id = $1 and lease_until < now()', id), { timeout: 60_000 }).toHaveLength(1);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect.poll(() => platform.deployment(id), { timeout: 180_000 }).toMatchObject({ status: 'live' });
    expect(await platform.query('select count(*)::int as releases from release where app_id = $1 and commit = $2', app.live.app, app.head)).toEqual([{ releases: 1 }]);
    expect((await platform.shown(app)).text).toContain(`edition ${app.edition}.`);
  }, 400_000);

  it('leaves nothing behind either', async () => {
    const before = await platform.outcomes();
    await expect.poll(() => leftovers(platform.installation), A_MINUTE).toEqual({});
    expect(await platform.outcomes()).toEqual(before);
  }, 120_000);
});
