import { BuildJob } from '@weir/contracts';
import { Unavailable } from '@weir/domain';
import { ErrorCode } from 'bullmq';
import { type Engine, type EngineQueue, type EngineWorker, JOB_NAME } from './engine.ts';
import { type Consumer, type JobHandler, jobIdOf, JobQueue } from './job-queue.ts';

/** An engine that is away answers nothing; whoever adds learns it after so long. */
const ADD_TIMEOUT_MS = 5000;

/** BullMQ's words for a job that is gone, not locked, or another's (its `ErrorCode`). */
const NOT_HELD: ReadonlySet<unknown> = new Set([ErrorCode.JobNotExist, ErrorCode.JobLockNotExist, ErrorCode.JobLockMismatch]);

/** A queue kept by BullMQ, on Redis or on Postgres. */
export class BullmqJobQueue extends JobQueue {
  readonly #engine: Engine;
  readonly #onError: (error: Error) => void;
  readonly #consumers = new Set<Consumer>();
  #queue: EngineQueue | undefined;

  /** @param onError told of connections that break (they are made again) and of what handlers threw */
  constructor(engine: Engine, onError: (error: Error) => void) {
    super();
    this.#engine = engine;
    this.#onError = onError;
  }

  async add(job: BuildJob): Promise<void> {
    this.#queue ??= this.#openQueue();
    // Late is harmless: the same job is never twice in the queue.
    const added = this.#queue.add(JOB_NAME, job, { jobId: jobIdOf(job), removeOnComplete: true, removeOnFail: true });
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Unavailable('queue.unreachable', 'The build queue cannot be reached.')), ADD_TIMEOUT_MS);
    try {
      await Promise.race([added, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async work(handler: JobHandler, { concurrency }: { readonly concurrency: number }): Promise<Consumer> {
    const never = new AbortController().signal;
    const worker = this.#engine.openWorker((job, token, signal) => handler(BuildJob.parse(job.data), signal ?? never, token ?? ''), concurrency);
    worker.on('error', this.#onError);
    worker.on('failed', (_job, error) => this.#onError(error));
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) worker.cancelJob(id, 'another worker may have taken it over');
    });
    await worker.waitUntilReady();
    const consumer: Consumer = { close: () => this.#end(worker, consumer) };
    this.#consumers.add(consumer);
    return consumer;
  }

  async giveBack(job: BuildJob, receipt: string): Promise<void> {
    if (receipt === '' || receipt === '0') throw new TypeError('this is no receipt'); // BullMQ asks no lock of a zero
    this.#queue ??= this.#openQueue();
    const held = await this.#queue.getJob(jobIdOf(job));
    await held?.moveToWait(receipt).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && NOT_HELD.has(error.code))) throw error;
    });
  }

  async clear(): Promise<void> {
    this.#queue ??= this.#openQueue();
    await this.#queue.obliterate({ force: true });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.close()));
    await this.#queue?.close();
    this.#queue = undefined;
  }

  #openQueue(): EngineQueue {
    const queue = this.#engine.openQueue();
    queue.on('error', this.#onError);
    return queue;
  }

  async #end(worker: EngineWorker, consumer: Consumer): Promise<void> {
    this.#consumers.delete(consumer);
    worker.cancelAllJobs('the worker is closing');
    await worker.close();
  }
}
