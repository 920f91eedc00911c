import type { InternalClient } from '@weir/api-client';
import type { BuildOrder, BuildReport } from '@weir/contracts';
import type { DeploymentId } from '@weir/domain';
import { BuildReports, type LogBatch } from './build-reports.ts';
import { persistently } from './persistently.ts';

/** The control plane, which may be restarting at any moment: everything is sent until it is taken. */
export class ControlPlaneReports extends BuildReports {
  /** @param worker a name that tells this process from another */
  constructor(
    private readonly client: InternalClient,
    private readonly worker: string,
  ) {
    super();
  }

  async claim(): Promise<BuildOrder | null> {
    return (await persistently(() => this.client.claimBuild(this.worker))).order;
  }

  report(deployment: DeploymentId, report: BuildReport): Promise<{ stop: boolean }> {
    return persistently(() => this.client.reportBuild(deployment, report));
  }

  renew(deployment: DeploymentId, attempt: number): Promise<{ stop: boolean }> {
    return this.client.renewBuild(deployment, attempt);
  }

  release(deployment: DeploymentId, attempt: number): Promise<{ released: boolean }> {
    return persistently(() => this.client.releaseBuild(deployment, attempt));
  }

  append(deployment: DeploymentId, batch: LogBatch): Promise<void> {
    return persistently(() => this.client.appendLog(deployment, { ...batch, writer: `${this.worker}/${batch.writer}` }));
  }
}
