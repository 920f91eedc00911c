import { JobQueue } from '@weir/job-queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PretendWorker } from '../internal/testing/pretend-worker.ts';
import type { Caller } from '../testing/caller.ts';
import { type RunningControlPlane, runControlPlane } from '../testing/running-control-plane.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { Sweeper } from './sweeper.ts';

let plane: RunningControlPlane;
let owner: Caller;
let worker: PretendWorker;
let rung: string[] = [];
beforeAll(async () => {
  plane = await runControlPlane();
  owner = await plane.caller('owner');
  worker = new PretendWorker(plane);
  await plane.app.get(JobQueue, { strict: false }).work(async ({ deployment }) => void rung.push(deployment), { concurrency: 1 });
});
afterAll(() => plane.close());

const sweep = (judge = true) => plane.app.get(Sweeper, { strict: false }).sweep(judge);
const lapse = (id: string) => plane.db.deployment.update({ where: { id }, data: { leaseUntil: new Date(0) } });
const queued = async () => (await owner.deploy((await owner.app()).id)).id;

describe('a deployment that was accepted', () => {
  it('rings for a worker, and leaves nothing in the outbox', async () => {
    const id = await queued();
    await expect.poll(() => rung, { timeout: 5000 }).toContain(id);
    await plane.app.get(OutboxRelay, { strict: false }).deliver();
    expect(await plane.db.outboxMessage.count()).toBe(0);
  });

  it('rings again when the queue lost it, or when its worker was lost', async () => {
    const [building, held, lost] = [await queued(), await queued(), await queued()];
    await plane.app.get(OutboxRelay, { strict: false }).deliver();
    await worker.claim(building);
    await worker.claim(held);
    await lapse(building);
    await plane.db.deployment.update({ where: { id: lost }, data: { createdAt: new Date(Date.now() - 60_000) } });
    await expect.poll(() => rung, { timeout: 5000 }).toEqual(expect.arrayContaining([lost, building, held]));
    rung = [];
    await sweep();
    await expect.poll(() => rung, { timeout: 5000 }).toEqual(expect.arrayContaining([lost, building]));
    expect(rung).not.toContain(held);
  });

  it('fails when three workers were lost with it, but not while they had no chance to renew', async () => {
    const id = await queued();
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await worker.claim(id)).toBe(attempt);
      await lapse(id);
    }
    await sweep(false);
    expect(await worker.statusOf(id)).toBe('building');
    await sweep();
    expect(await plane.db.deployment.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'failed', failure: { code: 'build.worker_lost', phase: 'fetch' } });
    expect((await worker.renewBuild(id, 3)).stop).toBe(true);
  });
});
