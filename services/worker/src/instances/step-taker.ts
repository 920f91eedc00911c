import type { ObservedInstance } from '@weir/container-runtime';
import type { DesiredInstance } from '@weir/contracts';
import type { InstanceId } from '@weir/domain';
import { exitReport } from './exit-report.ts';
import { InstanceKeeper } from './instance-keeper.ts';
import { InstanceStarter, type Started } from './instance-starter.ts';
import type { Warning } from './logs/log-shipper.ts';
import type { Step } from './next-step.ts';
import type { Parts } from './parts.ts';
import type { Reports } from './reports.ts';

const STOP_GRACE_MS = 20_000;
/** Of one that never was healthy: nobody is with it, and its deployment was cancelled or superseded. */
const UNSERVED_GRACE_MS = 2000;

/** Whether there is something new to see after a step, or it is for the next regular look. */
export type Outcome = 'look' | 'wait';

/** Takes the steps that the reconciler decides on, and looks after the instances that run. */
export class StepTaker {
  readonly #starter: InstanceStarter;
  readonly #keepers = new Map<InstanceId, InstanceKeeper>();
  readonly #started = new Map<InstanceId, Started>();

  constructor(private readonly parts: Parts, private readonly reports: Reports, private readonly signal: AbortSignal) {
    this.#starter = new InstanceStarter(parts, reports);
  }

  /** Takes one step of an instance, before any other of it. What was told to have ended is on its way out: nothing is done to it but to stop it. */
  async take(step: Step): Promise<Outcome> {
    switch (step.do) {
      case 'start':
        return this.#hasEnded(step.desired) || !this.#mayStart(step.desired) ? 'wait' : this.#start(step.desired);
      case 'keep':
        this.#keep(step.desired, step.observed);
        return 'wait';
      case 'freeze':
        return this.#hasEnded(step.desired) ? 'wait' : this.#freeze(step.desired.id);
      case 'thaw':
        await this.parts.runtime.thaw(step.desired.id);
        return 'look';
      case 'report-end':
        this.#keepers.get(step.desired.id)?.ended();
        if (!this.#hasEnded(step.desired)) await this.#reportEnd(step.desired, step.observed);
        return 'wait';
      case 'stop':
        return this.#stop(step.desired, step.observed);
      case 'report-stopped':
        this.reports.send(step.desired.id, { attempt: step.desired.attempt, status: 'stopped' });
        return 'wait';
      case 'wait':
      case 'nothing':
        return 'wait';
    }
  }

  /** Ends an instance and removes every trace of it. */
  async end({ id, state, attempt }: ObservedInstance, graceMs: number): Promise<Outcome> {
    this.#keepers.get(id)?.ended();
    if (state === 'running' || state === 'frozen') await this.parts.runtime.stop(id, graceMs);
    await this.#logShipped(id);
    await this.parts.runtime.remove(id);
    this.#forget(id);
    await Promise.all([this.parts.secrets.remove(id), this.parts.cursors.forget(`${id}.${attempt}`)]);
    return 'look';
  }

  /** Tells what a person should know of an instance that runs. */
  warn(id: InstanceId, warning: Warning): void {
    this.#keepers.get(id)?.warn([warning]);
  }

  /** Looks away from everything; the instances run on. */
  close(): void {
    for (const keeper of this.#keepers.values()) keeper.close();
  }

  #hasEnded({ id, attempt }: DesiredInstance): boolean {
    return this.reports.hasEnded(id, attempt);
  }

  /** Who waits for an app that this host does not start is told so; why is its operator's to know. */
  #mayStart({ id, attempt }: DesiredInstance): boolean {
    const { mayStart, problem } = this.parts.fence;
    if (!mayStart && problem) this.reports.send(id, { attempt, status: 'starting', warnings: [{ code: problem.code, message: 'No app is started now, because this host does not keep them apart. Its operator is told why.', excerpt: null }] });
    return mayStart;
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
    if (this.#hasEnded(desired)) return;
    keeper?.close();
    const fresh = new InstanceKeeper(this.parts, this.reports, desired, observed, this.#started.get(desired.id));
    this.#keepers.set(desired.id, fresh);
    fresh.update(desired, observed);
  }

  /** Nobody asks it for its health any more before it cannot answer. */
  async #freeze(id: InstanceId): Promise<Outcome> {
    this.#keepers.get(id)?.rest();
    await this.parts.runtime.freeze(id);
    return 'look';
  }

  async #reportEnd(desired: DesiredInstance, observed: ObservedInstance): Promise<void> {
    const { id, attempt } = desired;
    await this.#logShipped(id); // its last words stand before what is said of its end
    this.reports.send(id, { attempt, status: 'crashed', container: observed.container, exit: await exitReport(this.parts, { desired, observed }) });
  }

  async #stop({ id, attempt }: DesiredInstance, observed: ObservedInstance): Promise<Outcome> {
    const keeper = this.#keepers.get(id);
    const servedNobody = keeper ? keeper.servedNobody : this.#started.has(id);
    await this.end(observed, servedNobody ? UNSERVED_GRACE_MS : STOP_GRACE_MS);
    this.reports.send(id, { attempt, status: 'stopped', exit: { ...(observed.exit ?? { code: null, signal: null, oom: false }), lastLines: [] } });
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
