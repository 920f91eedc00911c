import { type ObservedInstance, RuntimeProblem } from '@weir/container-runtime';
import type { DesiredInstance } from '@weir/contracts';
import type { InstanceStatus } from '@weir/domain';
import { instanceSpec } from './instance-spec.ts';
import type { HealthCheck } from './health/health-check.ts';
import { type HealthChange, watchHealth } from './health/health-watch.ts';
import { LogShipper, type Warning } from './logs/log-shipper.ts';
import type { Parts } from './parts.ts';
import { exitReport } from './exit-report.ts';
import type { Reports } from './reports.ts';

/** A hung app gets little time to end: it does not listen anyway. */
const LOST_GRACE_MS = 5000;

/** Looks after one attempt of an instance for as long as it runs: health, log and secrets. */
export class InstanceKeeper {
  readonly #stop = new AbortController();
  readonly #createdAtMs: number;
  /** Not known of one that ran before this worker did: its last report stands until it was asked. */
  #status: InstanceStatus | undefined;
  #warnings: Warning[] = [];
  #stopped = false;
  /** Set while its health is asked for. */
  #watch: AbortController | undefined;
  #settled = false;
  /** When it last answered; or, while it has not, since when it is asked. */
  #answeredAtMs = 0;
  #secretsVersion: number | undefined;
  #refreshing = false;
  readonly #shipping: Promise<void>;

  /** @param start how this worker started it, if it did: then the times are known */
  constructor(private readonly parts: Parts, private readonly reports: Reports, private desired: DesiredInstance, private observed: ObservedInstance, private readonly start?: { createdAtMs: number; startMs: number }) {
    this.#createdAtMs = start?.createdAtMs ?? observed.createdAtMs;
    const { id, app } = desired;
    const shipper = new LogShipper(parts, { id, app, attempt: desired.attempt, onWarnings: (warnings) => this.warn(warnings) });
    this.#shipping = shipper.run(this.#stop.signal);
    if (start) this.#status = 'starting';
    this.#report();
    this.#follow();
  }

  /** Whether it is known to have been healthy at no time, so that nobody is with it. */
  get servedNobody(): boolean {
    return this.start !== undefined && !this.#settled;
  }

  get attempt(): number {
    return this.desired.attempt;
  }

  /** Takes what is wanted now and where the instance is now. */
  update(desired: DesiredInstance, observed: ObservedInstance): void {
    const moved = observed.address !== this.observed.address;
    [this.desired, this.observed] = [desired, observed];
    if (moved) this.#report();
    this.#follow();
    void this.#refreshSecrets();
  }

  warn(warnings: Warning[]): void {
    this.#warnings.push(...warnings);
    if (!this.#stop.signal.aborted) this.#report();
  }

  /** Leaves its health alone until it is seen to run: it is about to be frozen. */
  rest(): void {
    this.#watch?.abort();
    this.#watch = undefined;
  }

  /** Its process is gone: nothing more to ask it, while the rest of its log is still carried. */
  ended(): void {
    this.#stopped = true;
  }

  /** Resolves when the log of an ended instance is all sent. */
  get shipped(): Promise<void> {
    return this.#shipping;
  }

  /** Looks away: the worker ends, or the instance is removed. */
  close(): void {
    this.#stop.abort();
  }

  /** A frozen one cannot answer, so it is not asked; one that runs is, and at once when it was thawed. */
  #follow(): void {
    if (this.observed.state === 'frozen') {
      this.rest();
      this.#status = 'frozen';
      this.#report();
    } else if (!this.#watch) {
      this.#watch = new AbortController();
      this.#answeredAtMs = this.parts.clock.now();
      void this.#watchHealth(AbortSignal.any([this.#watch.signal, this.#stop.signal]));
    }
  }

  async #watchHealth(signal: AbortSignal): Promise<void> {
    const { checkHealth, clock, logger } = this.parts;
    const watched = { framework: this.desired.framework, createdAtMs: this.#createdAtMs, address: () => (this.#stopped ? null : this.observed.address) };
    const check: HealthCheck = async (...asked) => {
      const isWell = await checkHealth(...asked);
      if (isWell) this.#answeredAtMs = clock.now();
      return isWell;
    };
    try {
      for await (const change of watchHealth(check, clock, watched, signal)) {
        if (this.#stopped) return;
        await this.#onHealth(change);
      }
    } catch (error) {
      logger.error({ err: error, instance: this.desired.id }, 'instance watch failed');
    }
  }

  async #onHealth(change: HealthChange): Promise<void> {
    if (change === 'healthy' || change === 'unhealthy') {
      this.#status = change;
      if (change === 'unhealthy' || this.#settled) return this.#report();
      this.#settled = true;
      this.#report(this.start ? { phases: { start: this.start.startMs, healthy: this.parts.clock.now() - this.#createdAtMs - this.start.startMs } } : {});
      return this.#settle();
    }
    const why = change === 'lost' ? 'Weir: the app stopped answering health checks and was ended.' : 'Weir: the app did not answer a health check within the time limit and was ended.';
    const exit = await exitReport(this.parts, { desired: this.desired, observed: this.observed, neverHealthy: change === 'never-healthy', by: { why, unansweredMs: this.parts.clock.now() - this.#answeredAtMs } });
    this.reports.send(this.desired.id, { attempt: this.attempt, status: change === 'lost' ? 'crashed' : 'failed', container: this.observed.container, exit });
    this.#stopped = true;
    await this.parts.runtime.stop(this.desired.id, LOST_GRACE_MS);
  }

  /** Losing this only leaves the app more processor time than it should have. */
  async #settle(): Promise<void> {
    const spec = instanceSpec(this.desired, this.parts.secrets.folder(this.desired.id));
    await this.parts.runtime.settle(spec).catch((error: unknown) => {
      if (!(error instanceof RuntimeProblem)) throw error;
      this.parts.logger.warn({ err: error, instance: this.desired.id }, 'instance not settled');
    });
  }

  async #refreshSecrets(): Promise<void> {
    const { id, uid, secretsVersion } = this.desired;
    if (this.#refreshing || this.#secretsVersion === secretsVersion) return;
    this.#refreshing = true;
    try {
      const written = this.#secretsVersion ?? (await this.parts.secrets.version(id));
      if (written !== secretsVersion) await this.parts.secrets.write(id, uid, await this.parts.feed.secrets(id));
      this.#secretsVersion = secretsVersion;
    } catch (error) {
      this.parts.logger.warn({ err: error, instance: id }, 'secrets not refreshed');
    } finally {
      this.#refreshing = false;
    }
  }

  #report(more: { phases?: { start: number; healthy: number } } = {}): void {
    if (this.#stopped || this.#status === undefined) return;
    const warnings = this.#warnings.splice(0);
    this.reports.send(this.desired.id, { attempt: this.attempt, status: this.#status, container: this.observed.container, address: this.observed.address, ...more, ...(warnings.length > 0 && { warnings }) });
  }
}
