import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BuildJob } from '@weir/contracts';
import { Database, type Rows } from '@weir/database';
import { JobQueue } from '@weir/job-queue';
import type { Logger } from '@weir/telemetry';
import { LOGGER } from '../http/logger.ts';
import { ChangeBus } from '../realtime/change-bus.ts';
import { BUILD_REQUESTED } from './build-requested.ts';
import { Repeating } from './repeating.ts';

const EVERY_MS = 2000;
const BATCH = 100;

/**
 * Delivers what transactions announced: a build that was asked for becomes a job.
 *
 * A row is deleted after its job was added, so a crash between the two repeats the add,
 * and the same job id twice is one job. A queue that refuses keeps the row.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #work: Repeating;
  #leave: () => void = () => undefined;

  constructor(private readonly db: Database, private readonly queue: JobQueue, private readonly bus: ChangeBus, @Inject(LOGGER) private readonly log: Logger) {
    this.#work = new Repeating(EVERY_MS, () => this.deliver(), (error) => this.log.warn({ err: error }, 'outbox.delivery_failed'));
  }

  onApplicationBootstrap(): void {
    this.#leave = this.bus.subscribe(({ kind }) => {
      if (kind === 'outbox') this.#work.soon();
    });
    this.#work.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.#leave();
    await this.#work.stop();
  }

  /** Delivers what is there now. */
  async deliver(): Promise<void> {
    for (;;) {
      const rows = await this.db.outboxMessage.findMany({ orderBy: { id: 'asc' }, take: BATCH });
      for (const row of rows) {
        await this.#deliver(row);
        await this.db.outboxMessage.deleteMany({ where: { id: row.id } });
      }
      if (rows.length < BATCH) return;
    }
  }

  async #deliver({ id, kind, payload }: Rows.OutboxMessage): Promise<void> {
    const job = BuildJob.safeParse(payload);
    if (kind === BUILD_REQUESTED && job.success) return this.queue.add(job.data);
    this.log.error({ outbox: String(id), kind }, 'outbox.unknown_message');
  }
}
