import { Injectable } from '@nestjs/common';
import type { RouteUpdate } from '@weir/contracts';
import { Database } from '@weir/database';
import { AppViews } from '../apps/app-views.ts';
import { Config } from '../config.ts';
import { ChangeBus } from '../realtime/change-bus.ts';
import { longPoll } from '../realtime/long-poll.ts';
import { chooseInstances } from './choose-instances.ts';
import { readCursor } from './read-cursor.ts';

/** Tells the gateway every hostname and where it leads. */
@Injectable()
export class ReadRoutes {
  constructor(private readonly db: Database, private readonly bus: ChangeBus, private readonly views: AppViews, private readonly config: Config) {}

  /** The snapshot once its cursor is past `after`, at the latest after `waitMs`. */
  async execute({ after, waitMs }: { after: number; waitMs: number }, signal: AbortSignal): Promise<RouteUpdate> {
    // The cursor is read before the rows: it may lag behind them, never run ahead.
    const cursor = await longPoll(this.bus, { read: () => readCursor(this.db, 'routes'), enough: (value) => value > after, matches: ({ kind }) => kind === 'routes', waitMs, signal });
    const apps = await this.db.app.findMany({ orderBy: { hostname: 'asc' } });
    const [views, instances] = await Promise.all([this.views.of(apps), this.db.instance.findMany({ where: { desired: { not: 'stopped' }, address: { not: null } } })]);
    const byApp = Map.groupBy(instances, ({ appId }) => appId);
    const domain = this.config.appsDomain.replace(/:\d+$/, '').toLowerCase();
    return {
      version: 2,
      full: true,
      removed: [],
      cursor,
      consoleHost: new URL(this.config.consoleUrl).hostname,
      routes: views.map(({ id, hostname, status, release }) => ({
        hostname: `${hostname}.${domain}`,
        app: id,
        status,
        policy: { kind: 'public' },
        framework: release?.framework ?? { name: 'unknown', version: null },
        instances: chooseInstances(byApp.get(id) ?? [], release?.id ?? null),
      })),
    };
  }
}
