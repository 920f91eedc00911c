import type { AppView, DeploymentView } from '@weir/contracts';
import { JobQueue } from '@weir/job-queue';
import { type RunningStore, startRedis } from '@weir/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../testing/caller.ts';
import { type RunningControlPlane, runControlPlane } from '../testing/running-control-plane.ts';
import { PretendWorker } from './testing/pretend-worker.ts';

const PLACES = 2;
let redis: RunningStore;
let plane: RunningControlPlane;
let worker: PretendWorker;
let ada: Caller;
let ben: Caller;
/** Builds in the order in which they began, and for each under way the way to end it. */
let began: string[] = [];
const ends = new Map<string, () => void>();
let over = false;

/** Takes jobs as a worker does: it asks for builds until there is none, and each goes on until a test ends it. */
async function answer(): Promise<void> {
  for (let { order } = await worker.claimBuild('w'); order; { order } = await worker.claimBuild('w')) {
    const { deployment, attempt } = order;
    const gate = Promise.withResolvers<void>();
    ends.set(deployment, gate.resolve);
    began.push(deployment);
    if (!over) await gate.promise;
    ends.delete(deployment);
    await worker.reportBuild(deployment, { kind: 'failed', attempt, failure: { code: 'build.unknown', phase: 'plan', message: 'It ended.', hint: null, excerpt: null }, finished: {} });
  }
}

beforeAll(async () => {
  redis = await startRedis();
  plane = await runControlPlane({ REDIS_URL: redis.url, WEIR_MAX_QUEUED_BUILDS: '12' });
  worker = new PretendWorker(plane);
  await plane.app.get(JobQueue, { strict: false }).work(answer, { concurrency: PLACES });
});
afterAll(async () => {
  over = true;
  for (const end of ends.values()) end();
  await plane.close();
  await redis.stop();
});
beforeEach(async () => {
  await endAll();
  began = [];
  [ada, ben] = [await plane.caller('owner'), await plane.caller('owner')];
});

async function endAll(): Promise<void> {
  const left = () => plane.db.deployment.count({ where: { status: { in: ['queued', 'building'] } } });
  await expect.poll(async () => {
    for (const end of ends.values()) end();
    return left();
  }, { timeout: 20_000 }).toBe(0);
}

const queue = async (caller: Caller, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push((await caller.deploy((await caller.app()).id)).id);
  return ids;
};
const placeOf = async (caller: Caller, id: string): Promise<number | null> => (await caller.call<DeploymentView>('GET', `/deployments/${id}`)).body.queuePosition;
const expectBegun = (ids: readonly string[]) => expect.poll(() => began, { timeout: 10_000 }).toEqual(ids);
/** Ends the oldest build under way. */
const endOne = (): void => [...ends.values()][0]?.();

describe('the queue of builds', () => {
  it('gives the place that becomes free to the workspace that has none, however many another has queued before it', async () => {
    const [a1 = '', a2 = '', ...rest] = await queue(ada, 10);
    await expectBegun([a1, a2]);
    const [b1 = ''] = await queue(ben, 1);
    expect([await placeOf(ben, b1), await placeOf(ada, rest[0] ?? ''), await placeOf(ada, a1)]).toEqual([1, 2, null]);
    endOne();
    await expectBegun([a1, a2, b1]);
  });

  it('gives all places to one workspace while nobody else waits', async () => {
    const ids = await queue(ada, 3);
    await expectBegun(ids.slice(0, 2));
    endOne();
    await expectBegun(ids);
    expect(ends.size, 'it has both places').toBe(PLACES);
  });

  it('says of each that waits the place at which it begins', async () => {
    const first = await queue(ada, 2);
    await expectBegun(first);
    const waiting = [...(await queue(ada, 3)).map((id) => ({ id, of: ada })), ...(await queue(ben, 2)).map((id) => ({ id, of: ben }))];
    const places = await Promise.all(waiting.map(async ({ id, of }) => ({ id, place: await placeOf(of, id) })));
    expect(new Set(places.map(({ place }) => place))).toEqual(new Set([1, 2, 3, 4, 5]));
    for (let i = 1; i <= waiting.length; i++) {
      endOne();
      await expect.poll(() => began, { timeout: 10_000 }).toHaveLength(first.length + i);
    }
    const said = places.toSorted((one, other) => (one.place ?? 0) - (other.place ?? 0)).map(({ id }) => id);
    expect(began).toEqual([...first, ...said]);
  });

  it('moves up those behind one that is cancelled, also in lists and in the app', async () => {
    const under = await queue(ada, 2);
    await expectBegun(under);
    const app = await ben.app();
    const [next = ''] = await queue(ben, 1);
    const last = await ben.deploy(app.id);
    expect(last.queuePosition).toBe(2);
    await ben.call('POST', `/deployments/${next}/cancel`);
    const { body } = await ben.call<{ items: DeploymentView[] }>('GET', `/apps/${app.id}/deployments`);
    expect(body.items[0]).toMatchObject({ id: last.id, queuePosition: 1 });
    expect((await ben.call<AppView>('GET', `/apps/${app.id}`)).body.deployment).toMatchObject({ id: last.id, queuePosition: 1 });
  });

  it('refuses a further build of a workspace that has its most waiting, and nothing has happened', async () => {
    await expectBegun(await queue(ada, 2));
    const apps = await Promise.all(Array.from({ length: 20 }, () => ben.app()));
    const answers = await Promise.all(apps.map(({ id }) => ben.call('POST', `/apps/${id}/deployments`, {})));
    const refused = answers.filter(({ status }) => status !== 202);
    expect(refused).toHaveLength(8);
    for (const { status, body } of refused) expect({ status, body }).toMatchObject({ status: 429, body: { code: 'deployment.queue_full', detail: expect.stringContaining('12 builds waiting') } });
    const left = apps.filter((_, i) => answers[i]?.status !== 202);
    expect(await plane.db.deployment.count({ where: { appId: { in: left.map(({ id }) => id) } } })).toBe(0);
    const queued = apps.find((_, i) => answers[i]?.status === 202);
    expect((await ben.call('POST', `/apps/${queued?.id}/deployments`, {})).status, 'it replaces the one that waits').toBe(202);
    await queue(ada, 1); // another workspace has its own
  });
});

describe('many workers that claim at once', () => {
  it('serve the workspaces in turn, and each build once', async () => {
    const shared = await runControlPlane();
    try {
      const workers = Array.from({ length: 12 }, () => new PretendWorker(shared));
      const [one, other] = [await shared.caller('owner'), await shared.caller('owner')];
      await queue(one, 10);
      const theirs = await queue(other, 4);
      const orders = (await Promise.all(workers.slice(0, 8).map((each, i) => each.claimBuild(`w${i}`)))).map(({ order }) => order?.deployment ?? '');
      expect(new Set(orders).size).toBe(8);
      expect(orders.filter((id) => theirs.includes(id as never))).toHaveLength(4);
    } finally {
      await shared.close();
    }
  });

  it('get no more builds of one workspace than it may have at once', async () => {
    const limited = await runControlPlane({ WEIR_MAX_BUILDS_PER_WORKSPACE: '2' });
    try {
      const [one, other] = [await limited.caller('owner'), await limited.caller('owner')];
      const ids = await queue(one, 4);
      const mate = new PretendWorker(limited);
      const claimed = await Promise.all(Array.from({ length: 4 }, (_, i) => mate.claimBuild(`w${i}`)));
      expect(new Set(claimed.map(({ order }) => order?.deployment ?? null))).toEqual(new Set([...ids.slice(0, 2), null]));
      const [theirs = ''] = await queue(other, 1);
      expect((await mate.claimBuild('w')).order?.deployment).toBe(theirs);
      await one.call('POST', `/deployments/${ids[0]}/cancel`);
      expect((await mate.claimBuild('w')).order?.deployment).toBe(ids[2]);
    } finally {
      await limited.close();
    }
  });
});
