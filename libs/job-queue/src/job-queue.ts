import type { BuildJob } from '@weir/contracts';

/**
 * Does one job. `signal` fires when the consumer closes or another worker has taken the job over.
 * `receipt` says who has the job: whoever outlives this process may give the job back with it.
 */
export type JobHandler = (job: BuildJob, signal: AbortSignal, receipt: string) => Promise<void>;

/** Takes jobs from a queue until it is closed. */
export interface Consumer {
  /** Takes no further job, fires the signals of running ones and waits until they have ended. */
  close(): Promise<void>;
}

/**
 * Rings for builds. Postgres is the record of what is to be built; this only
 * wakes a worker soon.
 *
 * A job may run twice (a worker that died) or never (a queue that lost it):
 * the one who works claims the build first, and a sweeper adds what was lost.
 */
export abstract class JobQueue {
  /** Adds a build. Adding it again while it waits or runs changes nothing; afterwards it is accepted anew. */
  abstract add(job: BuildJob): Promise<void>;

  /**
   * Works on jobs, several at once, until closed. A handler that throws ends
   * its job and no other.
   *
   * @param options `concurrency`: how many at once in this process
   */
  abstract work(handler: JobHandler, options: { readonly concurrency: number }): Promise<Consumer>;

  /**
   * Makes a job that a dead process had wait again, at once; by itself the queue notices a death within a minute.
   * Nothing happens unless the job is still held by this very receipt.
   */
  abstract giveBack(job: BuildJob, receipt: string): Promise<void>;

  /** Removes the queue and every job in it, running ones too. */
  abstract clear(): Promise<void>;

  /** Closes the queue and its consumers. */
  abstract close(): Promise<void>;
}

/** The name under which a queue knows a build: the same deployment is the same job. */
export const jobIdOf = (job: BuildJob): string => `build-${job.deployment}`;
