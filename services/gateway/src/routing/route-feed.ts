import { setTimeout as delay } from 'node:timers/promises';
import type { RouteUpdate } from '@weir/contracts';
import type { Logger } from '@weir/telemetry';
import type { RouteTable } from './route-table.ts';

/** Where routes come from: the control plane's long poll. */
export interface RouteSource {
  routes(after: number, waitMs: number, signal?: AbortSignal): Promise<RouteUpdate>;
}

const WAIT_MS = 20_000;
/** A control plane that is stopped rather than dead holds connections and says nothing. */
const SILENCE_MS = 30_000;
/** Everything is asked for again after so long, whatever the changes said. */
const RESYNC_MS = 10 * 60_000;
/** A control plane that comes back may have news at once: a release whose worker waited for it. */
const BACK_OFF_MS = { first: 200, most: 1_000 };

/**
 * Keeps the table equal to what the control plane says, for ever.
 *
 * After a failure, and once in a while, it asks without a cursor and gets everything: the control plane may
 * have come back with another database.
 */
export async function followRoutes(source: RouteSource, table: RouteTable, log: Logger, signal: AbortSignal): Promise<void> {
  let after = -1;
  let failures = 0;
  let fullAt = -Infinity;
  while (!signal.aborted) {
    try {
      if (performance.now() - fullAt > RESYNC_MS) after = -1;
      const update = await source.routes(after, WAIT_MS, AbortSignal.any([signal, AbortSignal.timeout(SILENCE_MS)]));
      if (update.full || update.cursor !== table.cursor) table.apply(update);
      if (update.full) fullAt = performance.now();
      if (failures > 0) log.info({ failures, cursor: update.cursor }, 'routes.resumed');
      after = update.cursor;
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (failures === 0) log.warn({ err: error, cursor: table.cursor }, 'routes.unreachable');
      after = -1;
      await delay(Math.min(BACK_OFF_MS.most, BACK_OFF_MS.first * 2 ** failures++), undefined, { signal }).catch(() => undefined);
    }
  }
}
