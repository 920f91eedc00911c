import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@weir/database';
import { NotFound, type WorkspaceId } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import { lockApp } from '../deployments/deployment-moves.ts';
import { LOGGER } from '../http/logger.ts';
import { wake } from './rouse.ts';

const GATEWAY = { kind: 'system', id: 'gateway', name: 'gateway' } as const;

/** Wakes an app that somebody visits. Any number of visitors cause one wake; an app that is awake or stopped is left as it is. */
@Injectable()
export class WakeVisitedApp {
  constructor(private readonly db: Database, @Inject(LOGGER) private readonly log: Logger) {}

  /** @throws NotFound */
  async execute(id: string): Promise<void> {
    const seen = await this.db.app.findUnique({ where: { id }, select: { sleeping: true } });
    if (!seen) throw new NotFound('app', id);
    if (seen.sleeping === 'awake') return; // without waiting for whoever wakes it
    const from = await this.db.transaction(async (tx) => {
      const app = await lockApp(tx, id);
      if (!app || app.sleeping === 'awake') return undefined;
      await wake(tx, app);
      await tx.audit({ workspaceId: app.workspaceId as WorkspaceId, actor: GATEWAY }, { action: 'app.wake', target: id });
      return app.sleeping;
    });
    if (from) this.log.info({ app: id, from }, 'app.woken');
  }
}
