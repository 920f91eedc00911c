import type { ObservedInstance, RuntimeEvent } from '@weir/container-runtime';
import type { DesiredInstance, InstancesSnapshot } from '@weir/contracts';
import type { InstanceId } from '@weir/domain';
import { exitReport } from './exit-report.ts';
import { InstanceKeeper } from './instance-keeper.ts';
import { InstanceStarter, type Started } from './instance-starter.ts';
import { nextStep } from './next-step.ts';
import type { Parts } from './parts.ts';
import { Reports } from './reports.ts';

const STOP_GRACE_MS = 20_000;
/** Of an instance whose app is gone: nobody waits for what it does. */
const GONE_GRACE_MS = 5000;

/** Whether there is something new to see after a piece of work, or it is for the next regular look. */
type Outcome = 'look' | 'wait';

/**
 * Closes the gap between the instances that are wanted and those that are there.
 *
 * It looks at both anew each time and remembers nothing that matters: after any crash
 * the next look does the rest. Work on one instance never waits for another's.
 */
export class Reconciler {
  readonly #reports: Reports;
  readonly #starter: InstanceStarter;
  readonly #keepers = new Map<InstanceId, InstanceKeeper>();
  readonly #started = new Map<InstanceId, Started>();
  readonly #busy = new Set<InstanceId>();
  /** Worked on since the last look began: what that look sees of them may be from before. */
  readonly #touched = new Set<InstanceId>();
  #snapshot: InstancesSnapshot | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;

  constructor(private readonly parts: Parts, private readonly signal: AbortSignal) {
    this.#reports = new Reports(parts.feed, parts.clock, parts.logger, signal);
    this.#starter = new InstanceStarter(parts, this.#reports);
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
    if (stillRuns) this.#keepers.get(id)?.warn([{ code: 'app.child_oom', message: 'A process of the app was ended because the app used up its memory; the app itself runs on.', excerpt: null }]);
  }

  /** Looks away from everything; the instances run on. */
  close(): void {
    for (const keeper of this.#keepers.values()) keeper.close();
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
    this.#touched.clear();
    for (const id of this.#busy) this.#touched.add(id);
    const seen = new Map((await this.parts.runtime.list()).map((observed) => [observed.id, observed]));
    for (const desired of snapshot.instances) if (!this.#touched.has(desired.id)) this.#bringNearer(desired, seen.get(desired.id));
    const wanted = new Set(snapshot.instances.map(({ id }) => id));
    for (const [id, observed] of seen) if (!wanted.has(id) && !this.#touched.has(id)) this.#work(id, () => this.#end(observed, GONE_GRACE_MS));
  }

  #bringNearer(desired: DesiredInstance, observed: ObservedInstance | undefined): void {
    const { id, attempt } = desired;
    const step = nextStep(desired, observed, this.parts.clock.now());
    switch (step.do) {
      case 'start':
        if (!this.#reports.hasEnded(id, attempt)) this.#work(id, () => this.#start(desired));
        return;
      case 'keep':
        this.#keep(desired, step.observed);
        return;
      case 'freeze':
        if (!this.#reports.hasEnded(id, attempt)) this.#work(id, () => this.#freeze(id));
        return;
      case 'thaw':
        this.#work(id, () => this.#thaw(id));
        return;
      case 'report-end':
        this.#keepers.get(id)?.ended();
        if (!this.#reports.hasEnded(id, attempt)) this.#work(id, () => this.#reportEnd(desired, step.observed));
        return;
      case 'stop':
        this.#work(id, () => this.#stop(desired, step.observed));
        return;
      case 'report-stopped':
        this.#reports.send(id, { attempt, status: 'stopped' });
        return;
      case 'wait':
      case 'nothing':
        return;
    }
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
        if (outcome === 'look' && !this.signal.aborted) return this.look();
      });
  }

  async #start(desired: DesiredInstance): Promise<Outcome> {
    this.#forget(desired.id);
    const started = await this.#starter.start(desired);
    if (!started) return 'wait';
    this.#started.set(desired.id, started);
    return 'look';
  }

  #keep(desired: DesiredInstance, observed: ObservedInstance): void {
    const keeper = this.#keepers.get(desired.id);
    if (keeper?.attempt === desired.attempt) return keeper.update(desired, observed);
    if (this.#reports.hasEnded(desired.id, desired.attempt)) return; // it was given up, and is on its way out
    keeper?.close();
    const fresh = new InstanceKeeper(this.parts, this.#reports, desired, observed, this.#started.get(desired.id));
    this.#keepers.set(desired.id, fresh);
    fresh.update(desired, observed);
  }

  /** Nobody asks it for its health any more before it cannot answer. */
  async #freeze(id: InstanceId): Promise<Outcome> {
    this.#keepers.get(id)?.rest();
    await this.parts.runtime.freeze(id);
    return 'look';
  }

  async #thaw(id: InstanceId): Promise<Outcome> {
    await this.parts.runtime.thaw(id);
    return 'look';
  }

  async #reportEnd({ id, attempt }: DesiredInstance, observed: ObservedInstance): Promise<Outcome> {
    await this.#logShipped(id); // its last words stand before what is said of its end
    this.#reports.send(id, { attempt, status: 'crashed', container: observed.container, exit: await exitReport(this.parts.runtime, observed) });
    return 'wait';
  }

  async #stop({ id, attempt }: DesiredInstance, observed: ObservedInstance): Promise<Outcome> {
    await this.#end(observed, STOP_GRACE_MS);
    this.#reports.send(id, { attempt, status: 'stopped', exit: { ...(observed.exit ?? { code: null, signal: null, oom: false }), lastLines: [] } });
    return 'look';
  }

  async #end({ id, state, attempt }: ObservedInstance, graceMs: number): Promise<Outcome> {
    this.#keepers.get(id)?.ended();
    if (state === 'running' || state === 'frozen') await this.parts.runtime.stop(id, graceMs);
    await this.#logShipped(id);
    await this.parts.runtime.remove(id);
    this.#forget(id);
    await Promise.all([this.parts.secrets.remove(id), this.parts.cursors.forget(`${id}.${attempt}`)]);
    return 'look';
  }

  async #logShipped(id: InstanceId): Promise<void> {
    const limit = AbortSignal.any([this.signal, AbortSignal.timeout(2000)]);
    await Promise.race([this.#keepers.get(id)?.shipped, this.parts.clock.wait(2000, limit)]);
  }

  #forget(id: InstanceId): void {
    this.#keepers.get(id)?.close();
    this.#keepers.delete(id);
    this.#started.delete(id);
  }
}
