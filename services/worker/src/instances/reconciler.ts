import type { RuntimeEvent } from '@weir/container-runtime';
import type { InstancesSnapshot } from '@weir/contracts';
import type { InstanceId } from '@weir/domain';
import { nextStep } from './next-step.ts';
import type { Parts } from './parts.ts';
import { Reports } from './reports.ts';
import { type Outcome, StepTaker } from './step-taker.ts';

/** Of an instance whose app is gone: nobody waits for what it does. */
const GONE_GRACE_MS = 5000;

/**
 * Closes the gap between the instances that are wanted and those that are there.
 *
 * It looks at both anew each time and remembers nothing that matters: after any crash
 * the next look does the rest. Work on one instance never waits for another's.
 */
export class Reconciler {
  readonly #reports: Reports;
  readonly #steps: StepTaker;
  readonly #busy = new Set<InstanceId>();
  /** Those that a look left out because they were worked on: there is one more when that is over. */
  readonly #missed = new Set<InstanceId>();
  #snapshot: InstancesSnapshot | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;

  constructor(private readonly parts: Parts, private readonly signal: AbortSignal) {
    this.#reports = new Reports(parts.feed, parts.clock, parts.logger, signal);
    this.#steps = new StepTaker(parts, this.#reports, signal);
  }

  /** What is wanted from now on. */
  want(snapshot: InstancesSnapshot): Promise<void> {
    this.#snapshot = snapshot;
    this.#reports.keepOnly(new Set(snapshot.instances.map(({ id }) => id)));
    return this.look();
  }

  /** Looks now; asked while looking, it looks once more. */
  look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= this.#lookWhileAsked();
    return this.#looking;
  }

  async onEvent({ id, kind }: RuntimeEvent): Promise<void> {
    await this.look();
    if (kind !== 'memory-exceeded') return;
    await this.parts.clock.wait(1000, this.signal); // if it was the app itself, its end follows at once
    const stillRuns = (await this.parts.runtime.list()).some((instance) => instance.id === id && instance.state === 'running');
    if (stillRuns) this.#steps.warn(id, { code: 'app.child_oom', message: 'A process of the app was ended because the app used up its memory; the app itself runs on.', excerpt: null });
  }

  /** Looks away from everything; the instances run on. */
  close(): void {
    this.#steps.close();
  }

  async #lookWhileAsked(): Promise<void> {
    while (this.#lookAgain && !this.signal.aborted) {
      this.#lookAgain = false;
      try {
        await this.#look();
      } catch (error) {
        this.parts.logger.warn({ err: error }, 'instances could not be seen');
      }
    }
    this.#looking = undefined; // in the same breath as the last question: a look that is asked for later is a new one
  }

  async #look(): Promise<void> {
    const snapshot = this.#snapshot;
    if (!snapshot) return;
    const touched = new Set(this.#busy); // what is seen of them may be from before
    const seen = new Map((await this.parts.runtime.list()).map((observed) => [observed.id, observed]));
    for (const id of touched) {
      if (this.#busy.has(id)) this.#missed.add(id);
      else this.#lookAgain = true;
    }
    for (const desired of snapshot.instances) {
      if (!touched.has(desired.id)) this.#work(desired.id, () => this.#steps.take(nextStep(desired, seen.get(desired.id), this.parts.clock.now())));
    }
    const wanted = new Set(snapshot.instances.map(({ id }) => id));
    for (const [id, observed] of seen) if (!wanted.has(id) && !touched.has(id)) this.#work(id, () => this.#steps.end(observed, GONE_GRACE_MS));
  }

  /** Does one thing to one instance at a time, then looks again; after a failure only when it is time to, or it would try without a pause. */
  #work(id: InstanceId, work: () => Promise<Outcome>): void {
    if (this.#busy.has(id)) return;
    this.#busy.add(id);
    void work()
      .catch((error: unknown): Outcome => {
        this.parts.logger.warn({ err: error, instance: id }, 'instance work failed');
        return 'wait';
      })
      .then((outcome) => {
        this.#busy.delete(id);
        const isMissed = this.#missed.delete(id);
        if ((isMissed || outcome === 'look') && !this.signal.aborted) return this.look();
      });
  }
}
