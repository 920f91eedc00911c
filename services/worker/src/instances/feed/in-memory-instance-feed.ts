import type { DesiredInstance, InstanceReport, InstanceSecrets, InstancesSnapshot } from '@weir/contracts';
import type { AppId, InstanceId } from '@weir/domain';
import { InstanceFeed, type LogBatch } from './instance-feed.ts';

/** A control plane that wants what a test says and remembers what it was told. */
export class InMemoryInstanceFeed extends InstanceFeed {
  readonly reports: (InstanceReport & { id: InstanceId })[] = [];
  readonly secretsOf = new Map<InstanceId, InstanceSecrets>();
  /** Log lines by app, each batch of a writer once. */
  readonly lines: string[] = [];
  /** While set, nothing can be told or asked. */
  away = false;
  #snapshot: InstancesSnapshot | null = null;
  #changed = Promise.withResolvers<void>();
  readonly #batches = new Map<string, number>();

  /** Wants these instances from now on. */
  want(instances: readonly DesiredInstance[], images: readonly string[] = []): void {
    this.#snapshot = { cursor: (this.#snapshot?.cursor ?? 0) + 1, instances: [...instances], images: [...images], discarded: [], apps: [...new Set(instances.map(({ app }) => app))] };
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<InstancesSnapshot> {
    const stopped = new Promise<void>((resolve) => { signal.addEventListener('abort', () => resolve(), { once: true }); });
    for (let seen = 0; !signal.aborted; ) {
      if (this.#snapshot && this.#snapshot.cursor > seen) {
        seen = this.#snapshot.cursor;
        yield this.#snapshot;
      } else await Promise.race([this.#changed.promise, stopped]);
    }
  }

  async report(id: InstanceId, report: InstanceReport): Promise<'accepted' | 'void'> {
    this.#mustBeThere();
    this.reports.push({ ...report, id });
    return 'accepted';
  }

  async secrets(id: InstanceId): Promise<InstanceSecrets> {
    this.#mustBeThere();
    return this.secretsOf.get(id) ?? { version: 0, toml: '', environment: {} };
  }

  async appendLog(_app: AppId, { writer, batch, lines }: LogBatch): Promise<void> {
    this.#mustBeThere();
    if (batch <= (this.#batches.get(writer) ?? -1)) return;
    this.#batches.set(writer, batch);
    this.lines.push(...lines.map(({ text }) => text));
  }

  /** The statuses that were reported, in order. */
  statuses(id: InstanceId): string[] {
    return this.reports.filter((report) => report.id === id).map(({ status }) => status);
  }

  #mustBeThere(): void {
    if (this.away) throw new TypeError('fetch failed');
  }
}
