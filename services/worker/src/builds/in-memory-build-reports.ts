import type { BuildOrder, BuildReport, NewLogLine } from '@weir/contracts';
import type { DeploymentId } from '@weir/domain';
import { BuildReports, type LogBatch } from './build-reports.ts';

/** Orders given in advance, and everything that was reported about them. */
export class InMemoryBuildReports extends BuildReports {
  readonly reports: BuildReport[] = [];
  readonly lines: NewLogLine[] = [];
  readonly released: { readonly deployment: DeploymentId; readonly attempt: number }[] = [];
  readonly #orders: BuildOrder[] = [];
  readonly #stopped = new Set<DeploymentId>();

  order(order: BuildOrder): void {
    this.#orders.push(order);
  }

  /** From now on every answer says that the build is not wanted any more. */
  stop(deployment: DeploymentId): void {
    this.#stopped.add(deployment);
  }

  async claim(): Promise<BuildOrder | null> {
    return this.#orders.shift() ?? null;
  }

  async report(deployment: DeploymentId, report: BuildReport): Promise<{ stop: boolean }> {
    if (!this.#stopped.has(deployment)) this.reports.push(report);
    return { stop: this.#stopped.has(deployment) };
  }

  async renew(deployment: DeploymentId): Promise<{ stop: boolean }> {
    return { stop: this.#stopped.has(deployment) };
  }

  async release(deployment: DeploymentId, attempt: number): Promise<{ released: boolean }> {
    if (this.#stopped.has(deployment)) return { released: false };
    this.released.push({ deployment, attempt });
    return { released: true };
  }

  async append(_deployment: DeploymentId, batch: LogBatch): Promise<void> {
    this.lines.push(...batch.lines);
  }

  get text(): string {
    return this.lines.map(({ text }) => text).join('\n');
  }

  find<K extends BuildReport['kind']>(kind: K): Extract<BuildReport, { kind: K }> | undefined {
    return this.reports.find((report): report is Extract<BuildReport, { kind: K }> => report.kind === kind);
  }
}
