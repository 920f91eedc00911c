import type { BuildJob } from '@weir/contracts';
import { type Consumer, type JobHandler, jobIdOf, JobQueue } from './job-queue.ts';

interface Listener {
  readonly handler: JobHandler;
  readonly concurrency: number;
  readonly running: Set<Promise<void>>;
  readonly ending: AbortController;
}

/** A queue in this process, for tests. */
export class InMemoryJobQueue extends JobQueue {
  readonly #waiting = new Map<string, BuildJob>();
  /** Who has each job that runs. */
  readonly #running = new Map<string, { readonly receipt: string; readonly ending: AbortController }>();
  readonly #listeners = new Set<Listener>();
  #receipts = 0;
  readonly #onError: (error: unknown) => void;

  /** @param onError told what a handler threw */
  constructor(onError: (error: unknown) => void = (error) => process.emitWarning(String(error))) {
    super();
    this.#onError = onError;
  }

  async add(job: BuildJob): Promise<void> {
    const id = jobIdOf(job);
    if (this.#running.has(id) || this.#waiting.has(id)) return;
    this.#waiting.set(id, job);
    this.#dispatch();
  }

  async work(handler: JobHandler, { concurrency }: { readonly concurrency: number }): Promise<Consumer> {
    const listener: Listener = { handler, concurrency, running: new Set(), ending: new AbortController() };
    this.#listeners.add(listener);
    this.#dispatch();
    return { close: () => this.#end(listener) };
  }

  async giveBack(job: BuildJob, receipt: string): Promise<void> {
    const id = jobIdOf(job);
    const held = this.#running.get(id);
    if (held?.receipt !== receipt) return;
    this.#running.delete(id);
    held.ending.abort();
    await this.add(job);
  }

  async clear(): Promise<void> {
    this.#waiting.clear();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => this.#end(listener)));
  }

  #dispatch(): void {
    for (const listener of this.#listeners) {
      for (const [id, job] of this.#waiting) {
        if (listener.running.size >= listener.concurrency) break;
        this.#waiting.delete(id);
        this.#start(listener, id, job);
      }
    }
  }

  #start(listener: Listener, id: string, job: BuildJob): void {
    const held = { receipt: `receipt-${++this.#receipts}`, ending: new AbortController() };
    this.#running.set(id, held);
    const work: Promise<void> = Promise.resolve()
      .then(() => listener.handler(job, AbortSignal.any([listener.ending.signal, held.ending.signal]), held.receipt))
      .catch(this.#onError)
      .then(() => {
        if (this.#running.get(id) === held) this.#running.delete(id);
        listener.running.delete(work);
        this.#dispatch();
      });
    listener.running.add(work);
  }

  async #end(listener: Listener): Promise<void> {
    this.#listeners.delete(listener);
    listener.ending.abort();
    await Promise.all(listener.running);
  }
}
