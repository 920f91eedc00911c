import { InMemoryJobQueue } from '@weir/job-queue';
import { newId } from '@weir/domain';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeldBuilds } from './held-builds.ts';
import { InMemoryBuildReports } from './in-memory-build-reports.ts';

describe('the builds that a worker holds', () => {
  let folder: string;
  let queue: InMemoryJobQueue;
  let reports: InMemoryBuildReports;
  let release: () => void;
  let runs: string[];
  const deployment = newId('deployment', Date.now(), randomBytes(16));
  const held = () => new HeldBuilds(folder, queue, reports);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-held-'));
    [queue, reports, runs] = [new InMemoryJobQueue(), new InMemoryBuildReports(), []];
  });
  afterEach(async () => {
    release();
    await queue.close();
    await rm(folder, { recursive: true });
  });

  /** A worker that has claimed the build and is as good as dead. @returns its receipt */
  const claimed = async (): Promise<string> => {
    const gate = Promise.withResolvers<void>();
    release = gate.resolve;
    const taken = Promise.withResolvers<string>();
    await queue.work(async (_job, _signal, receipt) => {
      taken.resolve(receipt);
      await gate.promise;
    }, { concurrency: 1 });
    await queue.add({ deployment });
    const receipt = await taken.promise;
    await held().note({ deployment, attempt: 1, job: { deployment }, receipt });
    return receipt;
  };
  const nextWorker = async () => {
    await queue.work(async (job) => void runs.push(job.deployment), { concurrency: 1 });
    const successor = held();
    await successor.giveBack(await successor.left());
  };

  it('are built again by the next process with the same folder', async () => {
    await claimed();
    await nextWorker();
    await expect.poll(() => runs).toEqual([deployment]);
    expect(reports.released).toEqual([{ deployment, attempt: 1 }]);
    expect(await held().left()).toEqual([]);
  });

  it('are built again though their worker died while it noted them, and leave no note', async () => {
    await claimed();
    const [note = ''] = await readdir(folder);
    await rename(join(folder, note), join(folder, `${note}.new`));
    await nextWorker();
    await expect.poll(() => runs).toEqual([deployment]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('are left alone once they are no longer this worker’s', async () => {
    await claimed();
    reports.stop(deployment);
    await nextWorker();
    expect(runs).toEqual([]);
    expect(await held().left()).toEqual([]);
  });

  it('are rung for again where the worker was stopped in good order', async () => {
    release = () => undefined;
    await held().note({ deployment, attempt: 1, job: { deployment }, receipt: 'of a job that has ended' });
    await nextWorker();
    await expect.poll(() => runs).toEqual([deployment]);
  });

  it('are rung for by whichever job the queue still has for them', async () => {
    const receipt = await claimed();
    const built = newId('deployment', Date.now(), randomBytes(16)); // it had its turn when the other's job rang
    await held().forget({ deployment, attempt: 1, job: { deployment }, receipt });
    await held().note({ deployment: built, attempt: 1, job: { deployment }, receipt });
    await nextWorker();
    await expect.poll(() => runs).toEqual([deployment, built]);
    expect(reports.released).toEqual([{ deployment: built, attempt: 1 }]);
  });

  it('are not those of a build that ended, nor of a note that was cut short', async () => {
    const receipt = await claimed();
    await held().forget({ deployment, attempt: 1, job: { deployment }, receipt });
    await writeFile(join(folder, `${deployment}.2`), '{"deploy');
    expect(await held().left()).toEqual([]);
  });
});
