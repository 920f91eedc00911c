import { Injectable } from '@nestjs/common';
import type { RouteUpdate } from '@weir/contracts';
import { Database } from '@weir/database';
import { Config } from '../config.ts';
import { ChangeBus } from '../realtime/change-bus.ts';
import { longPoll } from '../realtime/long-poll.ts';
import { changedRoutes } from './changed-routes.ts';
import { readCursor } from './read-cursor.ts';
import { removedHostnames } from './removed-hostnames.ts';

/** Tells the gateway where hostnames lead: everything at first, then what changed. */
@Injectable()
export class ReadRoutes {
  constructor(private readonly db: Database, private readonly bus: ChangeBus, private readonly config: Config) {}

  /**
   * What changed once the cursor is past `after`, at the latest after `waitMs`.
   *
   * Everything for a caller that has nothing, that was away for too long, or that knows a cursor which is
   * not reached yet: the database is another one, or an older state of it.
   */
  async execute({ after, waitMs }: { after: number; waitMs: number }, signal: AbortSignal): Promise<RouteUpdate> {
    // The cursor is read before the rows: it may lag behind them, never run ahead.
    const cursor = await longPoll(this.bus, { read: () => readCursor(this.db, 'routes'), enough: (value) => value !== after, matches: ({ kind }) => kind === 'routes', waitMs, signal });
    const since = after < 0 || after > cursor ? undefined : after;
    const removed = since === undefined ? undefined : await removedHostnames(this.db, since);
    const full = removed === undefined || removed.incomplete;
    const domain = this.config.appsDomain.replace(/:\d+$/, '').toLowerCase();
    return {
      version: 2,
      cursor,
      consoleHost: new URL(this.config.consoleUrl).hostname,
      full,
      removed: full ? [] : removed.hostnames.map((hostname) => `${hostname}.${domain}`),
      routes: await changedRoutes(this.db, domain, full ? undefined : since),
    };
  }
}
