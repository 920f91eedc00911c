import type { AppId } from '@weir/domain';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Outcome } from '../door/passage.ts';

/** The labels of all apps that have no series of their own, and of what belongs to no app: platform, pages. */
const OTHER = 'other';
const NONE = 'none';

/** What is counted for one app, or for all others together. Only ever added to. */
export class AppCounts {
  readonly requests = new Map<Outcome, number>();
  sent = 0;
  received = 0;
  sockets = 0;
}

/** What an app has open now. */
export interface AppLoad {
  readonly sockets: number;
  readonly sessions: number;
  readonly requests: number;
}

/**
 * Series of the most used apps, and one for the rest, so that ten thousand apps do not make ten thousand series.
 *
 * Use is counted where it belongs when it happens, so no series ever falls: an app that becomes one of the
 * most used begins a series of its own, and one that no longer is ends it.
 */
export class AppSeries {
  readonly #cap: number;
  readonly #own = new Map<AppId, AppCounts>();
  readonly #other = new AppCounts();
  readonly #none = new AppCounts();
  /** Lately used how much: halved at every ranking. */
  readonly #heat = new Map<AppId, number>();

  constructor(cap: number) {
    this.#cap = cap;
  }

  /** Where a use of this app is counted. */
  of(app: AppId | undefined): AppCounts {
    if (app === undefined) return this.#none;
    this.#heat.set(app, (this.#heat.get(app) ?? 0) + 1);
    const own = this.#own.get(app);
    if (own) return own;
    if (this.#own.size >= this.#cap) return this.#other;
    const fresh = new AppCounts();
    this.#own.set(app, fresh);
    return fresh;
  }

  /** Gives the series to those who are used most. */
  rank(): void {
    const hottest = [...this.#heat].sort(([, a], [, b]) => b - a).slice(0, this.#cap).map(([app]) => app);
    const kept = new Set(hottest);
    const fresh = hottest.filter((app) => !this.#own.has(app));
    for (const app of this.#own.keys()) if (!kept.has(app) && this.#own.size + fresh.length > this.#cap) this.#own.delete(app);
    for (const app of fresh) this.#own.set(app, new AppCounts());
    for (const [app, heat] of this.#heat) {
      if (heat < 2) this.#heat.delete(app);
      else this.#heat.set(app, heat / 2);
    }
  }

  all(): (readonly [label: string, counts: AppCounts])[] {
    return [...this.#own, [OTHER, this.#other], [NONE, this.#none]];
  }

  register(registry: Registry, loads: () => Iterable<readonly [AppId, AppLoad]>): void {
    const { all, load } = { all: () => this.all(), load: () => this.#byLabel(loads()) };
    new Counter({
      name: 'weir_gateway_requests_total', help: 'Requests by app and by how they ended', labelNames: ['app', 'outcome'], registers: [registry],
      collect() {
        this.reset();
        for (const [app, { requests }] of all()) for (const [outcome, count] of requests) this.inc({ app, outcome }, count);
      },
    });
    new Counter({
      name: 'weir_gateway_bytes_total', help: 'Bytes to and from browsers', labelNames: ['app', 'direction'], registers: [registry],
      collect() {
        this.reset();
        for (const [app, { sent, received }] of all()) {
          this.inc({ app, direction: 'sent' }, sent);
          this.inc({ app, direction: 'received' }, received);
        }
      },
    });
    new Counter({
      name: 'weir_gateway_sockets_opened_total', help: 'WebSockets that were opened', labelNames: ['app'], registers: [registry],
      collect() {
        this.reset();
        for (const [app, { sockets }] of all()) this.inc({ app }, sockets);
      },
    });
    for (const what of ['sockets', 'sessions', 'requests'] as const) {
      new Gauge({
        name: `weir_gateway_app_${what}`, help: HELP[what], labelNames: ['app'], registers: [registry],
        collect() {
          this.reset();
          for (const [app, each] of load()) this.set({ app }, each[what]);
        },
      });
    }
  }

  #byLabel(loads: Iterable<readonly [AppId, AppLoad]>): Map<string, AppLoad> {
    const sums = new Map<string, AppLoad>();
    for (const [app, load] of loads) {
      const label = this.#own.has(app) ? app : OTHER;
      const sum = sums.get(label) ?? { sockets: 0, sessions: 0, requests: 0 };
      sums.set(label, { sockets: sum.sockets + load.sockets, sessions: sum.sessions + load.sessions, requests: sum.requests + load.requests });
    }
    return sums;
  }
}

const HELP = { sockets: 'WebSockets that are open', sessions: 'WebSockets that are viewers’ sessions', requests: 'Requests under way' } as const;
