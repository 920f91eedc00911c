import { matchesPath, profileOf, type AppId } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import type { AppLoad, AppSeries } from '../admin/app-series.ts';
import type { Metrics } from '../admin/metrics.ts';
import type { Destination, Hold, Resolution } from '../resolution.ts';
import type { Visit } from '../request/visit.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import type { Turnstile } from '../instances/turnstile.ts';
import { Roster } from '../transport/roster.ts';
import type { AddressLimits } from './address-limits.ts';
import type { Meter } from './meter.ts';
import { Passage, type Outcome, type PassageKind } from './passage.ts';

export interface TrafficParts {
  readonly pool: InstancePool;
  readonly turnstile: Turnstile;
  readonly series: AppSeries;
  readonly metrics: Metrics;
  /** Takes one line for each. */
  readonly lines: Logger;
  /** Requests and sockets that one address may have open: proxies in front carry many on one connection. */
  readonly addresses: AddressLimits;
  /** Requests and sockets that one app may have open. */
  readonly appOpen: number;
  /** The same for all apps together, so that the console stays within reach. */
  readonly appsOpen: number;
}

/** Everything under way. Each request and each socket is let in, counted, and told of in one line when it ends. */
export class Traffic {
  readonly #parts: TrafficParts;
  readonly #open = new Roster<Passage>();
  readonly #loads = new Map<AppId, Load>();
  #toApps = 0;

  constructor(parts: TrafficParts) {
    this.#parts = parts;
  }

  /**
   * Lets a visit in that was decided about.
   *
   * @returns `undefined` when its app or its address has as many open as it may; the visitor is to be told so
   */
  begin(kind: PassageKind, visit: Visit, resolution: Resolution, meter: Meter): Passage | undefined {
    const { metrics, addresses, pool } = this.#parts;
    metrics.decisions.add(resolution.kind === 'page' ? resolution.page : resolution.kind);
    const destination = resolution.kind === 'forward' ? resolution.destination : undefined;
    const guest = destination && this.#isFull(destination.route.app) ? 'app-open' : addresses.enter(visit.peer.address);
    if (typeof guest === 'string') {
      metrics.refused.add(guest);
      return undefined;
    }
    const passage = new Passage({ kind, visit, guest, destination, meter, opened: this.#opened, ended: this.#ended });
    this.#open.add(passage);
    if (destination) this.#count(passage, destination, 1);
    if (destination && kind === 'request') pool.requestStarted(destination.instance.id);
    if (destination?.isNewcomer) pool.expectSocket(destination.instance.id);
    return passage;
  }

  /**
   * Lets a visit wait for its app, which has one more open until the wait `ends`.
   *
   * @returns `undefined` when the app has as many open as it may; the visitor is to be told so
   */
  hold({ app }: Hold): { readonly ends: () => void } | undefined {
    const { metrics } = this.#parts;
    if (this.#isFull(app)) {
      metrics.refused.add('app-open');
      return undefined;
    }
    metrics.decisions.add('hold');
    this.#countRequest(app, 1);
    let isOver = false;
    return {
      ends: () => {
        if (!isOver) this.#countRequest(app, -1);
        isOver = true;
      },
    };
  }

  /** What every app has open. */
  loads(): Iterable<readonly [AppId, AppLoad]> {
    return this.#loads;
  }

  /** Counts the bytes of what is still open, so that a long download is seen while it lasts. */
  sweep(): void {
    for (const passage of this.#open) this.#addBytes(passage);
  }

  readonly #opened = ({ destination }: Passage): void => {
    this.#parts.series.of(destination?.route.app).sockets += 1;
    if (destination) this.#parts.pool.socketOpened(destination.instance.id);
  };

  readonly #ended = (passage: Passage, outcome: Outcome, status: number): void => {
    const { pool, turnstile, series, addresses, lines } = this.#parts;
    this.#addBytes(passage);
    this.#open.delete(passage);
    addresses.leave(passage.guest);
    const { destination, kind, isOpen } = passage;
    if (destination) {
      this.#count(passage, destination, -1);
      if (kind === 'request') {
        pool.requestEnded(destination.instance.id);
        turnstile.left(destination.route.app);
      } else if (isOpen) pool.socketClosed(destination.instance.id);
    }
    if (!isOpen) {
      const { requests } = series.of(destination?.route.app);
      requests.set(outcome, (requests.get(outcome) ?? 0) + 1);
    }
    if (lines.isLevelEnabled('info')) lines.info(passage.describe(outcome, status), isOpen ? 'socket.closed' : 'request.done');
  };

  #isFull(app: AppId): boolean {
    const load = this.#loads.get(app);
    return this.#toApps >= this.#parts.appsOpen || (load !== undefined && load.sockets + load.requests >= this.#parts.appOpen);
  }

  #addBytes(passage: Passage): void {
    const { sent, received } = passage.measure();
    if (sent === 0 && received === 0) return;
    const counts = this.#parts.series.of(passage.destination?.route.app);
    counts.sent += sent;
    counts.received += received;
  }

  #count({ kind, path }: Passage, { route: { app, framework } }: Destination, by: 1 | -1): void {
    if (kind === 'request') return this.#countRequest(app, by);
    const load = this.#loadOf(app);
    load.sockets += by;
    if (matchesPath(profileOf(framework).streams, path)) load.sessions += by;
    this.#counted(app, load, by);
  }

  #countRequest(app: AppId, by: 1 | -1): void {
    const load = this.#loadOf(app);
    load.requests += by;
    this.#counted(app, load, by);
  }

  #counted(app: AppId, { sockets, requests }: Load, by: 1 | -1): void {
    this.#toApps += by;
    if (sockets === 0 && requests === 0) this.#loads.delete(app);
  }

  #loadOf(app: AppId): Load {
    let load = this.#loads.get(app);
    if (!load) this.#loads.set(app, (load = { sockets: 0, sessions: 0, requests: 0 }));
    return load;
  }
}

type Load = { -readonly [What in keyof AppLoad]: number };
