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
  readonly #running = new Set<string>();
  readonly #listeners = new Set<Listener>();
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
    this.#running.add(id);
    const work: Promise<void> = Promise.resolve()
      .then(() => listener.handler(job, listener.ending.signal))
      .catch(this.#onError)
      .then(() => {
        this.#running.delete(id);
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
