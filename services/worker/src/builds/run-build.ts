import type { Logger } from '@weir/telemetry';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { discardAppImage } from './app-image.ts';
import type { BuildApp } from './build-app.ts';
import { BuildFailed, internalFailure } from './build-failed.ts';
import type { BuildOrder, BuildReports } from './build-reports.ts';
import { BuildSession } from './build-session.ts';
import type { Redaction } from './redaction.ts';

/** Does a build and reports how it ended. Leaves nothing of any attempt behind. */
export class RunBuild {
  constructor(
    private readonly reports: BuildReports,
    private readonly buildApp: BuildApp,
    private readonly sandboxes: Sandboxes,
    private readonly logger: Logger,
    /** What no log may say. */
    private readonly redaction?: Redaction,
  ) {}

  async execute(order: BuildOrder, signal: AbortSignal): Promise<void> {
    const { deployment } = order;
    const started = performance.now();
    const session = new BuildSession(order, this.reports, signal, this.redaction);
    const fields = { deployment, app: order.app, attempt: order.attempt };
    let outcome = 'built';
    try {
      if (order.attempt > 1) await this.sandboxes.sweep({ 'weir.deployment': deployment });
      await this.buildApp.execute(session);
    } catch (error) {
      outcome = await this.#explain(session, error, fields);
    } finally {
      await session.close();
      await this.sandboxes.sweep({ 'weir.deployment': deployment, 'weir.kind': 'build' });
      if (outcome !== 'built') await discardAppImage(this.sandboxes.docker, order);
    }
    this.logger.info({ ...fields, outcome, phases: session.clock.finished, ms: Math.round(performance.now() - started) }, 'build.done');
  }

  async #explain(session: BuildSession, error: unknown, fields: object): Promise<string> {
    const { clock, log } = session;
    clock.end();
    if (session.isStopped) {
      log.say('The build was stopped.');
      return 'stopped';
    }
    if (!(error instanceof BuildFailed)) this.logger.error({ ...fields, phase: clock.phase, err: error }, 'build.error');
    const failure = error instanceof BuildFailed ? error.failure : internalFailure(clock.phase);
    log.say(`Failed: ${failure.message}`);
    if (failure.hint !== null) log.say(failure.hint);
    await log.flushed();
    session.tell({ kind: 'failed', failure, finished: { ...clock.finished } });
    await session.told();
    return failure.code;
  }
}
