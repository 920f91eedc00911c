import type { BuildJob } from '@weir/contracts';
import { newId } from '@weir/domain';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobQueue } from './job-queue.ts';

const newJob = (): BuildJob => ({ deployment: newId('deployment', Date.now(), randomBytes(16)) });

/** A handler that notes its jobs and holds each one until it is let go. */
function holding() {
  const started: string[] = [];
  const receipts: string[] = [];
  const waiters: { count: number; resolve: () => void }[] = [];
  const gate = Promise.withResolvers<void>();
  return {
    started,
    receipts,
    release: gate.resolve,
    handler: async (job: BuildJob, signal: AbortSignal, receipt: string): Promise<void> => {
      started.push(job.deployment);
      receipts.push(receipt);
      for (const waiter of waiters) if (started.length >= waiter.count) waiter.resolve();
      await Promise.race([gate.promise, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))]);
    },
    /** Resolves once so many jobs were started. */
    async reached(count: number): Promise<void> {
      if (started.length >= count) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiters.push({ count, resolve });
      await promise;
    },
  };
}

/** What every job queue promises. `open` gives an empty one each time. */
export function describeJobQueue(name: string, open: () => Promise<JobQueue>): void {
  describe(`${name} as a job queue`, () => {
    const queues: JobQueue[] = [];
    const opened = async (): Promise<JobQueue> => {
      const queue = await open();
      queues.push(queue);
      return queue;
    };
    afterEach(async () => {
      for (const queue of queues.splice(0)) await queue.close();
    });

    it('runs a job that was added before anyone worked', async () => {
      const queue = await opened();
      const job = newJob();
      await queue.add(job);
      const work = holding();
      work.release();
      await queue.work(work.handler, { concurrency: 1 });
      await work.reached(1);
      expect(work.started).toEqual([job.deployment]);
    });

    it('runs none of the jobs that were cleared away', async () => {
      const queue = await opened();
      const [gone, wanted] = [newJob(), newJob()];
      await queue.add(gone);
      await queue.clear();
      await queue.add(wanted);
      const work = holding();
      work.release();
      await queue.work(work.handler, { concurrency: 1 });
      await work.reached(1);
      expect(work.started).toEqual([wanted.deployment]);
    });

    it('holds one job for a deployment, however often it is added, waiting or running', async () => {
      const queue = await opened();
      const [twice, other] = [newJob(), newJob()];
      await queue.add(twice);
      await queue.add(twice);
      const work = holding();
      await queue.work(work.handler, { concurrency: 5 });
      await work.reached(1);
      await queue.add(twice);
      await queue.add(other);
      await work.reached(2);
      work.release();
      expect(work.started).toEqual([twice.deployment, other.deployment]);
    });

    it('accepts a deployment again once its job has ended, well or badly', async () => {
      const queue = await opened();
      const job = newJob();
      let runs = 0;
      const third = Promise.withResolvers<void>();
      await queue.work(
        async () => {
          runs += 1;
          if (runs === 3) third.resolve();
          if (runs === 1) throw new Error('this build broke on purpose');
        },
        { concurrency: 1 },
      );
      const addUntil = async (count: number): Promise<void> => {
        await expect.poll(async () => { await queue.add(job); return runs; }, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
      };
      await addUntil(2);
      await addUntil(3);
      await third.promise;
    });

    it('works on as many jobs at once as it was told, and no more', async () => {
      const queue = await opened();
      for (let i = 0; i < 3; i++) await queue.add(newJob());
      const work = holding();
      await queue.work(work.handler, { concurrency: 2 });
      await work.reached(2);
      await queue.add(newJob()); // a round trip in which a third could have started
      expect(work.started).toHaveLength(2);
      work.release();
      await work.reached(4);
    });

    it('tells running jobs to stop when the consumer closes, and waits for them', async () => {
      const queue = await opened();
      await queue.add(newJob());
      const work = holding();
      let ended = false;
      const consumer = await queue.work(async (job, signal, receipt) => {
        await work.handler(job, signal, receipt);
        ended = signal.aborted;
      }, { concurrency: 1 });
      await work.reached(1);
      await consumer.close();
      expect(ended).toBe(true);
    });

    it('runs a job again at once when it is given back with its receipt, and never with another', async () => {
      const queue = await opened();
      const job = newJob();
      await queue.add(job);
      const [dead, next] = [holding(), holding()];
      await queue.work((each, _signal, receipt) => dead.handler(each, new AbortController().signal, receipt), { concurrency: 1 }); // as good as dead: it hears nothing
      await dead.reached(1);
      const [receipt = ''] = dead.receipts;
      await queue.work(next.handler, { concurrency: 3 });
      await queue.giveBack(job, `${receipt}9`);
      const other = newJob();
      await queue.add(other);
      await next.reached(1);
      expect(next.started).toEqual([other.deployment]);
      await queue.giveBack(job, receipt);
      await next.reached(2);
      await queue.giveBack(job, receipt); // it is another's now
      const last = newJob();
      await queue.add(last);
      next.release();
      await next.reached(3);
      expect([dead.started, next.started]).toEqual([[job.deployment], [other.deployment, job.deployment, last.deployment]]);
      dead.release();
    });

    it('forgives that a job which is given back has ended', async () => {
      const queue = await opened();
      await expect(queue.giveBack(newJob(), 'a receipt')).resolves.toBeUndefined();
    });

    it('leaves jobs to other consumers after one has closed', async () => {
      const queue = await opened();
      const closed = holding();
      await (await queue.work(closed.handler, { concurrency: 1 })).close();
      const job = newJob();
      await queue.add(job);
      const work = holding();
      work.release();
      await queue.work(work.handler, { concurrency: 1 });
      await work.reached(1);
      expect([closed.started, work.started]).toEqual([[], [job.deployment]]);
    });
  });
}
