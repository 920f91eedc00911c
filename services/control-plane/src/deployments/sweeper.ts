import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@weir/database';
import type { DeploymentId } from '@weir/domain';
import { JobQueue } from '@weir/job-queue';
import type { Logger } from '@weir/telemetry';
import { LOGGER } from '../http/logger.ts';
import { sleepIdle } from '../sleep/sleep-idle.ts';
import { after, Clock } from './clock.ts';
import { fail, lockApp } from './deployment-moves.ts';
import { MOST_ATTEMPTS } from './read-build-queue.ts';
import { Repeating } from './repeating.ts';
import { startTimeout, START_LIMIT_MS, workerLost } from './sweeper-failures.ts';
import { stopDrained, stopOrphans } from './sweep-instances.ts';

const EVERY_MS = 5000;
/** After the database was away, workers and gateways get this long to renew and report before anything is judged late or unused. */
const GRACE_MS = 30_000;

/**
 * Closes the gaps that crashes leave, from Postgres alone: jobs that a queue lost, builds
 * whose worker is gone, starts that never end, instances that have drained, apps that nobody uses.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #work: Repeating;
  #judgeFrom = performance.now() + GRACE_MS;

  constructor(
    private readonly db: Database,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#work = new Repeating(EVERY_MS, () => this.sweep(performance.now() >= this.#judgeFrom), (error) => {
      this.#judgeFrom = performance.now() + GRACE_MS;
      this.log.warn({ err: error }, 'sweeper.failed');
    });
  }

  onApplicationBootstrap(): void {
    this.#work.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.#work.stop();
  }

  /** One round. @param judge whether what is late may be failed now, and what is unused put to sleep */
  async sweep(judge: boolean): Promise<void> {
    const now = await this.clock.now(this.db);
    if (judge) await this.#failLateStarts(now);
    await stopDrained(this.db, now);
    await stopOrphans(this.db);
    if (judge) for (const app of await sleepIdle(this.db, now)) this.log.info({ app }, 'app.slept');
    await this.#resumeBuilds(now, judge); // last: it alone needs the queue, which may be away
  }

  async #resumeBuilds(now: Date, judge: boolean): Promise<void> {
    const late = await this.db.deployment.findMany({
      where: { OR: [{ status: 'queued', createdAt: { lt: after(now, -EVERY_MS) } }, { status: 'building', leaseUntil: { lt: now } }] },
      orderBy: { id: 'asc' },
    });
    for (const { id, status, attempt, phase } of late) {
      if (status !== 'building' || attempt < MOST_ATTEMPTS) await this.queue.add({ deployment: id as DeploymentId });
      else if (judge) await this.#fail(id, { status: 'building', leaseUntil: { lt: now } }, workerLost(attempt, phase));
    }
  }

  async #failLateStarts(now: Date): Promise<void> {
    const late = await this.db.deployment.findMany({ where: { status: 'starting', instances: { every: { createdAt: { lt: after(now, -START_LIMIT_MS) } } } } });
    for (const { id } of late) await this.#fail(id, { status: 'starting' }, startTimeout());
  }

  async #fail(id: string, still: object, failure: ReturnType<typeof startTimeout>): Promise<void> {
    const failed = await this.db.transaction(async (tx) => {
      const deployment = await tx.deployment.findUniqueOrThrow({ where: { id }, select: { id: true, appId: true } });
      await lockApp(tx, deployment.appId);
      if (!(await tx.deployment.findFirst({ where: { ...still, id }, select: { id: true } }))) return false;
      return fail(tx, deployment, failure);
    });
    if (failed) this.log.info({ deployment: id, to: 'failed', code: failure.code }, 'deployment.status');
  }
}
