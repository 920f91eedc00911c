import type { Job, Processor } from 'bullmq';
import type { BuildJob } from '@weir/contracts';

export const QUEUE_NAME = 'builds';
export const JOB_NAME = 'build';

/** The same in every worker of a queue, as BullMQ asks: a worker that died is noticed within a minute, a store that is back within a second. */
export const WORKER_SETTINGS = {
  lockDuration: 60_000,
  stalledInterval: 15_000,
  maxStalledCount: 5,
  runRetryDelay: 1000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
} as const;

/** What we use of BullMQ's Job. */
export interface EngineJob {
  moveToWait(token: string): Promise<unknown>;
}

/** What we use of BullMQ's Queue, whichever store it runs on. */
export interface EngineQueue {
  add(name: typeof JOB_NAME, data: BuildJob, options: { jobId: string; removeOnComplete: true; removeOnFail: true }): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  getJob(id: string): Promise<EngineJob | undefined>;
  obliterate(options: { force: true }): Promise<void>;
  close(): Promise<void>;
}

/** What we use of BullMQ's Worker. */
export interface EngineWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job<BuildJob> | undefined, error: Error) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (jobIds: string[]) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  cancelJob(jobId: string, reason?: string): boolean;
  cancelAllJobs(reason?: string): void;
  close(): Promise<void>;
}

/** A store that BullMQ runs on. */
export interface Engine {
  openQueue(): EngineQueue;
  openWorker(process: Processor<BuildJob, void>, concurrency: number): EngineWorker;
}
