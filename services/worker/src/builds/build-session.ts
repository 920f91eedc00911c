import type { BuildReport } from '@weir/contracts';
import type { Phase, Warning } from '@weir/domain';
import { BuildLog } from './build-log.ts';
import type { BuildOrder, BuildReports } from './build-reports.ts';
import { PhaseClock } from './phase-clock.ts';

const RENEW_MS = 5000;

/** The build is not wanted here any more: cancelled, superseded, or taken over. */
export class BuildStopped extends Error {}

type Report = BuildReport extends infer R ? (R extends BuildReport ? Omit<R, 'attempt'> : never) : never;

/** One attempt's line to the control plane: its lease, its log, its reports in order, and the word to stop. */
export class BuildSession {
  readonly log: BuildLog;
  readonly clock = new PhaseClock();
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #lease: NodeJS.Timeout;
  #reporting: Promise<void> = Promise.resolve();

  constructor(
    readonly order: BuildOrder,
    private readonly reports: BuildReports,
    outer: AbortSignal,
  ) {
    this.signal = AbortSignal.any([outer, this.#stop.signal]);
    this.log = new BuildLog(String(order.attempt), (batch) => reports.append(order.deployment, batch));
    this.#lease = setInterval(() => void this.#renew(), RENEW_MS);
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
      if (this.signal.aborted) return;
      const { stop } = await this.reports.report(this.order.deployment, { ...report, attempt: this.order.attempt } as BuildReport);
      if (stop) this.#stop.abort(new BuildStopped('the control plane asked to stop'));
    });
    this.#reporting.catch((error: unknown) => this.#stop.abort(error));
  }

  /** Waits until everything told has arrived. */
  async told(): Promise<void> {
    await this.#reporting;
  }

  async close(): Promise<void> {
    clearInterval(this.#lease);
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
