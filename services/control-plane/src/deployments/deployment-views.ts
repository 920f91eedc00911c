import { Injectable } from '@nestjs/common';
import type { DeploymentView } from '@weir/contracts';
import { Database, type DeploymentRow } from '@weir/database';
import { type DeploymentId, placesInLine } from '@weir/domain';
import { Config } from '../config.ts';
import { deploymentView } from './deployment-view.ts';
import { readBuildQueue } from './read-build-queue.ts';

/** Makes deployments' views. Of one that is queued they say its place in line, which depends on everybody's builds. */
@Injectable()
export class DeploymentViews {
  constructor(private readonly db: Database, private readonly config: Config) {}

  async one(row: DeploymentRow): Promise<DeploymentView> {
    const [view] = await this.of([row]);
    if (!view) throw new Error('one deployment gives one view');
    return view;
  }

  async of(rows: readonly DeploymentRow[]): Promise<DeploymentView[]> {
    const places = rows.some(({ status }) => status === 'queued') ? placesInLine(await readBuildQueue(this.db, this.config.builds.mostPerWorkspace)) : new Map<DeploymentId, number>();
    // Its turn may have come since the row was read: then it has no place any more.
    return rows.map((row) => deploymentView(row, row.status === 'queued' ? (places.get(row.id as DeploymentId) ?? null) : null));
  }
}
