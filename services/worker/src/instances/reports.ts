import type { InstanceReport } from '@weir/contracts';
import type { InstanceId } from '@weir/domain';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { InstanceFeed } from './feed/instance-feed.ts';

export type Report = Pick<InstanceReport, 'attempt' | 'status'> & Partial<InstanceReport>;

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;
const ENDS = new Set<InstanceReport['status']>(['crashed', 'failed', 'stopped']);

interface Lane {
  last: string;
  /** The newest attempt whose end was told: nothing but `stopped` can follow. */
  endedAttempt: number;
  tail: Promise<void>;
}

/** Tells the control plane what was seen: in order for each instance, each thing once, as often as it takes. */
export class Reports {
  readonly #lanes = new Map<InstanceId, Lane>();

  constructor(private readonly feed: InstanceFeed, private readonly clock: Clock, private readonly logger: Logger, private readonly signal: AbortSignal) {}

  send(id: InstanceId, given: Report): void {
    const report: InstanceReport = { container: null, address: null, exit: null, ...given };
    const lane = this.#lanes.get(id) ?? { last: '', endedAttempt: -1, tail: Promise.resolve() };
    this.#lanes.set(id, lane);
    if (report.attempt <= lane.endedAttempt && report.status !== 'stopped') return;
    const content = JSON.stringify([report.attempt, report.status, report.address, report.container, report.warnings ?? []]);
    if (content === lane.last) return;
    lane.last = content;
    if (ENDS.has(report.status)) lane.endedAttempt = report.attempt;
    lane.tail = lane.tail.then(() => this.#deliver(id, report));
  }

  /** Whether this attempt's end was told already. */
  hasEnded(id: InstanceId, attempt: number): boolean {
    return attempt <= (this.#lanes.get(id)?.endedAttempt ?? -1);
  }

  /** Forgets instances that nobody wants any more. */
  keepOnly(ids: ReadonlySet<InstanceId>): void {
    for (const id of this.#lanes.keys()) if (!ids.has(id)) this.#lanes.delete(id);
  }

  async #deliver(id: InstanceId, report: InstanceReport): Promise<void> {
    for (let delayMs = FIRST_RETRY_MS; !this.signal.aborted; delayMs = Math.min(delayMs * 2, LAST_RETRY_MS)) {
      try {
        const answer = await this.feed.report(id, report);
        this.logger.info({ instance: id, attempt: report.attempt, status: report.status, answer, phases: report.phases }, 'instance.status');
        return;
      } catch (error) {
        this.logger.warn({ err: error, instance: id, status: report.status }, 'instance report not delivered');
        await this.clock.wait(delayMs, this.signal);
      }
    }
  }
}
