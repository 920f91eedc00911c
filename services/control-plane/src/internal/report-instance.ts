import { Inject, Injectable } from '@nestjs/common';
import type { InstanceReport } from '@weir/contracts';
import { Database, type Rows, type Tx } from '@weir/database';
import { Conflict, type InstanceDesired, type InstanceStatus } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import { Config } from '../config.ts';
import { Clock } from '../deployments/clock.ts';
import { fail, lockApp } from '../deployments/deployment-moves.ts';
import { mergePhases } from '../deployments/phase-times.ts';
import { promote } from '../deployments/promote.ts';
import { mergeWarnings } from '../deployments/warnings.ts';
import { LOGGER } from '../http/logger.ts';
import { rebuildLive } from '../releases/rebuild-release.ts';
import { exitReason, startFailure } from './exit-reason.ts';
import { type InstanceVerdict, judgeInstance } from './judge-instance.ts';
import { restart } from './restart-instance.ts';

const reportVoid = (): Conflict => new Conflict('instance.report_void', 'This report is of an instance or an attempt that is over.');

/** Takes what a worker saw of an instance. The same report may come twice; one of an older attempt is refused. */
@Injectable()
export class ReportInstance {
  constructor(private readonly db: Database, private readonly clock: Clock, private readonly config: Config, @Inject(LOGGER) private readonly log: Logger) {}

  async execute(id: string, report: InstanceReport): Promise<void> {
    const verdict = await this.db.transaction(async (tx) => {
      const known = await tx.instance.findUnique({ where: { id }, select: { appId: true } });
      const app = known && (await lockApp(tx, known.appId));
      if (!app) return 'void';
      return this.#take(tx, app, await tx.instance.findUniqueOrThrow({ where: { id }, include: { deployment: true, release: { select: { memoryMib: true } } } }), report);
    });
    if (verdict === 'void') throw reportVoid();
    this.log.info({ instance: id, attempt: report.attempt, to: report.status, verdict }, 'instance.status');
  }

  async #take(tx: Tx, app: Rows.App, instance: Rows.Instance & { deployment: Rows.Deployment; release: Pick<Rows.Release, 'memoryMib'> }, report: InstanceReport): Promise<InstanceVerdict> {
    const { deployment, release, ...before } = instance;
    const status = before.status as InstanceStatus;
    const verdict = judgeInstance({ desired: before.desired as InstanceDesired, status, attempt: before.attempt, deploying: deployment.status === 'starting' }, report);
    if (verdict === 'void') return verdict;
    const now = await this.clock.now(tx);
    await noteDeployment(tx, deployment, report);
    const limits = deployment.reason === 'rollback' && deployment.status === 'starting' ? release : app;
    switch (verdict) {
      case 'note':
      case 'promote':
        await note(tx, before, report, now);
        if (verdict === 'promote' && (status !== 'healthy' || before.address !== report.address)) await promote(tx, app, before, now);
        else if (status !== report.status || before.address !== report.address) tx.changes.route(app.id);
        break;
      case 'fail':
        await tx.instance.update({ where: { id: before.id }, data: { status: 'failed', reason: `The app ${exitReason(report.exit, limits, before.startedAt !== null)}.`, address: null } });
        await fail(tx, deployment, { ...startFailure(report, status, limits, this.config.maxLimits), ...(deployment.reason === 'rollback' && { fix: undefined }) }); // it has its release's settings
        break;
      case 'restart':
        await restart(tx, before, { now, reason: report.imageMissing ? 'The image of its release is gone from its machine.' : `The app ${exitReason(report.exit, app, before.startedAt !== null)}.` });
        if (report.imageMissing) await rebuildLive(tx, app, before);
        break;
      case 'end':
        await gone(tx, app, before, now);
    }
    return verdict;
  }
}

const note = (tx: Tx, { id, startedAt }: Rows.Instance, { status, container, address }: InstanceReport, now: Date) =>
  tx.instance.update({ where: { id }, data: { status, container, address, ...(status === 'healthy' && { startedAt: startedAt ?? now, reason: null }) } });

/** The row stays as history. One that was given up keeps saying so. */
async function gone(tx: Tx, app: Rows.App, { id, status, desired }: Rows.Instance, now: Date): Promise<void> {
  await tx.instance.update({ where: { id }, data: { container: null, address: null, sockets: 0, stoppedAt: now, ...(status !== 'crashed' && { status: 'stopped', desired: 'stopped' }) } });
  if (desired === 'frozen') await sleepDeeper(tx, app);
  tx.changes.instances();
  tx.changes.route(app.id);
}

/** An app of which nothing frozen is left sleeps stopped. Its engine was restarted, which is no crash of the app's. */
async function sleepDeeper(tx: Tx, { id }: Rows.App): Promise<void> {
  if ((await tx.instance.count({ where: { appId: id, desired: 'frozen' } })) > 0) return;
  await tx.app.updateMany({ where: { id, sleeping: 'frozen' }, data: { sleeping: 'stopped' } });
}

async function noteDeployment(tx: Tx, { id, status, phase, phases, warnings }: Rows.Deployment, report: InstanceReport): Promise<void> {
  const starting = status === 'starting';
  if (!report.warnings?.length && !(starting && report.phases)) return;
  await tx.deployment.update({
    where: { id },
    data: {
      ...(report.warnings && { warnings: mergeWarnings(warnings, report.warnings) }),
      ...(starting && report.phases && { phases: mergePhases(phases, report.phases), phase: report.phases.start === undefined ? phase : 'healthy' }),
    },
  });
}
