import { Queue, Worker } from 'bullmq';
import type { BuildJob } from '@weir/contracts';
import { type Engine, QUEUE_NAME, WORKER_SETTINGS } from './engine.ts';

/** BullMQ on Redis (7 or newer, AOF, `noeviction`). */
export const redisEngine = (url: string, prefix: string): Engine => ({
  // Whoever adds must learn at once that Redis is away, so nothing is kept for later.
  openQueue: () => new Queue<BuildJob, void, 'build'>(QUEUE_NAME, { connection: { url, enableOfflineQueue: false, maxRetriesPerRequest: 1 }, prefix }),
  // Whoever works waits for as long as it takes.
  openWorker: (process, concurrency) => new Worker<BuildJob, void>(QUEUE_NAME, process, { connection: { url, maxRetriesPerRequest: null }, prefix, concurrency, ...WORKER_SETTINGS }),
});
