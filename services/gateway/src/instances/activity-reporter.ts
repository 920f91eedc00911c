import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayActivity } from '@weir/contracts';
import type { Logger } from '@weir/telemetry';
import type { InstancePool } from './instance-pool.ts';
import type { RouteTable } from '../routing/route-table.ts';

/** Where activity is reported to: the control plane. */
export interface ActivitySink {
  reportActivity(activity: GatewayActivity): Promise<unknown>;
}

const SWEEP_MS = 1_000;
const ALIVE_MS = 5_000;

/** A control plane that takes a report and never answers is one that did not get it. */
const silence = (): Promise<never> => delay(ALIVE_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('no answer to a report')));

/**
 * Tells the control plane who uses what: every second when something changed, every five when not or when it
 * does not listen, and at once when new routes are in force, because a deployment is live from then on.
 */
export class ActivityReporter {
  #sentAt = -Infinity;
  #sent = '';
  #sending = false;
  #again = false;
  #unreachable = false;
  #sweep: NodeJS.Timeout | undefined;

  constructor(private readonly pool: InstancePool, private readonly table: RouteTable, private readonly sink: ActivitySink, private readonly log: Logger) {}

  start(): void {
    this.table.on('applied', this.#applied);
    this.#sweep = setInterval(() => void this.#report(false), SWEEP_MS);
  }

  stop(): void {
    this.table.off('applied', this.#applied);
    clearInterval(this.#sweep);
  }

  readonly #applied = (): void => void this.#report(true);

  async #report(now: boolean): Promise<void> {
    if (this.#sending) {
      this.#again ||= now;
      return;
    }
    const wasLately = performance.now() - this.#sentAt < ALIVE_MS;
    if (!now && this.#unreachable && wasLately) return;
    const activity: GatewayActivity = { ...this.pool.takeActivity(this.table.routes()), cursor: this.table.cursor };
    const text = JSON.stringify(activity);
    const idle = text === this.#sent && activity.used.length === 0 && activity.instances.every(({ requests }) => requests === 0);
    if (!now && idle && wasLately) return;
    this.#sending = true;
    this.#sentAt = performance.now();
    this.#sent = text;
    try {
      await Promise.race([this.sink.reportActivity(activity), silence()]);
      this.#unreachable = false;
    } catch (error) {
      if (!this.#unreachable) this.log.warn({ err: error }, 'activity.unreported');
      this.#unreachable = true;
      this.#sent = '';
    }
    this.#sending = false;
    if (this.#again) {
      this.#again = false;
      await this.#report(true);
    }
  }
}
