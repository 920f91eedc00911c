import { newId } from '@weir/domain';
import { InMemoryJobQueue } from '@weir/job-queue';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerJob } from './answer-job.ts';
import type { BuildOrder } from './build-reports.ts';
import { HeldBuilds } from './held-builds.ts';
import { InMemoryBuildReports } from './in-memory-build-reports.ts';

describe('a job', () => {
  let folder: string;
  let reports: InMemoryBuildReports;
  let held: HeldBuilds;
  const id = () => newId('deployment', Date.now(), randomBytes(16));
  const order = (): BuildOrder => ({ deployment: id(), attempt: 1 } as BuildOrder);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-answer-'));
    reports = new InMemoryBuildReports();
    held = new HeldBuilds(folder, new InMemoryJobQueue(), reports);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has built whatever is next, one after another, each noted with the job while it is built', async () => {
    const [job, orders] = [{ deployment: id() }, [order(), order()]];
    for (const each of orders) reports.order(each);
    const noted: unknown[] = [];
    await answerJob({ reports, held, build: async () => void noted.push(await held.left()) }, job, 'receipt', new AbortController().signal);
    expect(noted).toEqual(orders.map(({ deployment }) => [{ deployment, attempt: 1, job, receipt: 'receipt' }]));
    expect(await held.left()).toEqual([]);
  });

  it('asks for no further build once the worker ends, and leaves the note of the one that was cut', async () => {
    const ending = new AbortController();
    const [first, second] = [order(), order()];
    for (const each of [first, second]) reports.order(each);
    await answerJob({ reports, held, build: async () => ending.abort() }, { deployment: id() }, 'receipt', ending.signal);
    expect((await held.left()).map(({ deployment }) => deployment)).toEqual([first.deployment]);
    expect(await reports.claim()).toBe(second);
  });
});
