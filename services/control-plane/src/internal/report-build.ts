import { Inject, Injectable } from '@nestjs/common';
import type { BuildReport } from '@weir/contracts';
import { Database, type Rows, type Tx } from '@weir/database';
import type { DeploymentStatus } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import { fail, lockApp } from '../deployments/deployment-moves.ts';
import { mergePhases } from '../deployments/phase-times.ts';
import { mergeWarnings } from '../deployments/warnings.ts';
import { LOGGER } from '../http/logger.ts';
import { judgeReport } from './judge-report.ts';
import { mintRelease } from './mint-release.ts';

/** Takes what a worker reports of its build. Every report may be sent again; one of an older attempt changes nothing. */
@Injectable()
export class ReportBuild {
  constructor(private readonly db: Database, @Inject(LOGGER) private readonly log: Logger) {}

  /** @returns whether the worker must stop */
  async execute(id: string, report: BuildReport): Promise<boolean> {
    const verdict = await this.db.transaction(async (tx) => {
      const known = await tx.deployment.findUnique({ where: { id }, select: { appId: true } });
      const app = known && (await lockApp(tx, known.appId));
      if (!app) return 'void'; // deleted while it was built
      const deployment = await tx.deployment.findUniqueOrThrow({ where: { id } });
      const judged = judgeReport({ status: deployment.status as DeploymentStatus, attempt: deployment.attempt }, report);
      if (judged === 'apply') await apply(tx, app, deployment, report);
      return judged;
    });
    if (verdict === 'apply' && report.kind === 'built') this.log.info({ deployment: id, to: 'starting' }, 'deployment.status');
    if (verdict === 'apply' && report.kind === 'failed') this.log.info({ deployment: id, to: 'failed', code: report.failure.code }, 'deployment.status');
    return verdict === 'void';
  }
}

async function apply(tx: Tx, app: Rows.App, deployment: Rows.Deployment, report: BuildReport): Promise<void> {
  const { id } = deployment;
  switch (report.kind) {
    case 'phase':
      await tx.deployment.update({ where: { id }, data: { phase: report.phase, phases: mergePhases(deployment.phases, report.finished) } });
      return;
    case 'fetched':
      await tx.deployment.update({ where: { id }, data: { commit: report.commit, branch: report.branch, commitMessage: report.message, commitAuthor: report.author } });
      return;
    case 'planned':
      await tx.deployment.update({ where: { id }, data: { plan: report.plan } });
      return;
    case 'warning':
      await tx.deployment.update({ where: { id }, data: { warnings: mergeWarnings(deployment.warnings, [report.warning]) } });
      return;
    case 'checked':
      await tx.deployment.update({ where: { id }, data: { warnings: mergeWarnings(deployment.warnings, report.warnings) } });
      return;
    case 'built':
      return mintRelease(tx, app, deployment, report);
    case 'failed':
      await fail(tx, deployment, report.failure, { phases: mergePhases(deployment.phases, report.finished) });
  }
}
