import type { BuildReport } from '@weir/contracts';
import type { Phase, Warning } from '@weir/domain';
import { failed } from './build-failed.ts';
import { BuildLog } from './build-log.ts';
import type { BuildOrder, BuildReports } from './build-reports.ts';
import { PhaseClock } from './phase-clock.ts';
import type { Redaction } from './redaction.ts';

/** The answer may say to stop: who cancels waits for no longer than this. */
const RENEW_MS = 2000;

/** The build is not wanted here any more: cancelled, superseded, or taken over. */
export class BuildStopped extends Error {}

type Report = BuildReport extends infer R ? (R extends BuildReport ? Omit<R, 'attempt'> : never) : never;

/** One attempt's line to the control plane: its lease, its log, its reports in order, and the word to stop. */
export class BuildSession {
  readonly log: BuildLog;
  readonly clock = new PhaseClock();
  readonly signal: AbortSignal;
  readonly #gone: AbortSignal;
  readonly #stop = new AbortController();
  readonly #late = new AbortController();
  readonly #lease: NodeJS.Timeout;
  #limit: NodeJS.Timeout | undefined;
  #reporting: Promise<void> = Promise.resolve();
  #isVoid = false;

  constructor(
    readonly order: BuildOrder,
    private readonly reports: BuildReports,
    outer: AbortSignal,
    redaction?: Redaction,
  ) {
    this.#gone = AbortSignal.any([outer, this.#stop.signal]);
    this.signal = AbortSignal.any([this.#gone, this.#late.signal]);
    this.log = new BuildLog(String(order.attempt), (batch) => reports.append(order.deployment, batch), redaction);
    this.#lease = setInterval(() => void this.#renew(), RENEW_MS);
  }

  /** Whether this attempt has nothing more to say; a build that took too long still has. */
  get isStopped(): boolean {
    return this.#gone.aborted;
  }

  /** Ends the build as failed if it is not done by then. */
  limitTo(minutes: number): void {
    this.#limit = setTimeout(() => {
      const limit = minutes === 1 ? 'minute' : `${minutes} minutes`;
      this.#late.abort(failed(this.clock.phase, 'build.timed_out', `The build took longer than the ${limit} it may.`, 'Deploy again: what was downloaded is kept. If it happens twice, take versions of packages that have wheels, or make the repository smaller.'));
    }, minutes * 60_000);
  }

  enter(phase: Phase): void {
    this.signal.throwIfAborted();
    this.clock.enter(phase);
    this.tell({ kind: 'phase', phase, finished: { ...this.clock.finished } });
  }

  warn(warning: Warning): void {
    this.log.say(`Warning: ${warning.message}`);
    this.tell({ kind: 'warning', warning });
  }

  /** What the deploy check found, each said in the log at its place. */
  checked(warnings: readonly Warning[]): void {
    for (const { message, place } of warnings) this.log.say(`Warning: ${place ? `${place.path}:${place.line}: ` : ''}${message}`);
    this.tell({ kind: 'checked', warnings: [...warnings] });
  }

  /** Reports without waiting; reports arrive in the order in which they were made. */
  tell(report: Report): void {
    this.#reporting = this.#reporting.then(async () => {
      this.#isVoid = this.isStopped || (await this.reports.report(this.order.deployment, { ...report, attempt: this.order.attempt } as BuildReport)).stop;
      if (this.#isVoid) this.#stop.abort(new BuildStopped('the control plane asked to stop'));
    });
    this.#reporting.catch((error: unknown) => this.#stop.abort(error));
  }

  /** Waits until everything told has arrived. @returns whether the last of it counted; a stop that comes later, as a lease that has ended does, takes nothing back */
  async told(): Promise<boolean> {
    await this.#reporting;
    return !this.#isVoid;
  }

  async close(): Promise<void> {
    clearInterval(this.#lease);
    clearTimeout(this.#limit);
    await this.log.close();
  }

  async #renew(): Promise<void> {
    try {
      const { stop } = await this.reports.renew(this.order.deployment, this.order.attempt);
      if (stop) this.#stop.abort(new BuildStopped('the control plane asked to stop'));
    } catch {
      // The control plane is away. The build goes on: if its lease lapses meanwhile, its reports are void.
    }
  }
}
