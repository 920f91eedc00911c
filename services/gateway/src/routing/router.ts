import type { Route } from '@weir/contracts';
import { profileOf } from '@weir/domain';
import { isLoopback } from '../request/host.ts';
import type { PageName } from '../pages/pages.ts';
import type { RequestFacts } from '../request/request-facts.ts';
import type { RouteTable } from './route-table.ts';

export type Service = 'control-plane' | 'worker' | 'console';

/** What becomes of a request. Requests and upgrades get theirs from the same place. */
export type RouteDecision =
  | { readonly kind: 'app'; readonly route: Route }
  | { readonly kind: 'tab'; readonly route: Route }
  | { readonly kind: 'platform'; readonly service: Service }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'page'; readonly page: PageName };

/** Decides whom a request is for. It looks at facts and the table; it does nothing. */
export class Router {
  readonly #table: Pick<RouteTable, 'find' | 'consoleHost'>;
  readonly #scheme: 'http' | 'https';

  constructor(table: Pick<RouteTable, 'find' | 'consoleHost'>, scheme: 'http' | 'https') {
    this.#table = table;
    this.#scheme = scheme;
  }

  decide(facts: RequestFacts): RouteDecision {
    const { host } = facts;
    if ((facts.upgrade || !SAFE.has(facts.method)) && !this.#isSameOrigin(facts)) return { kind: 'page', page: 'foreign-origin' };
    if (host.name === this.#table.consoleHost) return { kind: 'platform', service: platformService(facts.target) };
    if (isLoopback(host)) return this.#decideLoopback(facts);
    return this.#decideApp(facts);
  }

  #decideLoopback({ target, host }: RequestFacts): RouteDecision {
    const service = platformService(target);
    if (service !== 'console') return { kind: 'platform', service };
    if (this.#table.consoleHost === undefined) return { kind: 'page', page: 'platform-starting' };
    return { kind: 'redirect', location: `${this.#scheme}://${this.#table.consoleHost}${host.port}/` };
  }

  #decideApp({ host, path }: RequestFacts): RouteDecision {
    if (this.#table.consoleHost === undefined) return { kind: 'page', page: 'platform-starting' };
    const route = this.#table.find(host.name);
    if (!route) return { kind: 'page', page: 'not-found' };
    if (isOurs(path)) return { kind: 'tab', route };
    // With a base path of the app's own they lie deeper.
    if (profileOf(route.framework).hidden.some((hidden) => path.endsWith(hidden))) return { kind: 'page', page: 'no-such-path' };
    return { kind: 'app', route };
  }

  /** Apps often run with their own check switched off, so another site's page could act as the viewer. Programs say no origin. */
  #isSameOrigin({ origin, host }: RequestFacts): boolean {
    return origin === undefined || origin.toLowerCase() === `${this.#scheme}://${host.name}${host.port}`;
  }
}

/** RFC 9110 §9.2.1. `OPTIONS` asks beforehand, and TRACE is none of a page's. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

const SERVICES: readonly (readonly [prefix: string, Service])[] = [['/api', 'control-plane'], ['/live', 'control-plane'], ['/git', 'worker']];

function platformService(target: string): Service {
  const path = target.split('?', 1)[0] ?? '';
  return SERVICES.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? 'console';
}

/** What the gateway itself serves on an app's host. An app never sees a request below it. */
const isOurs = (path: string): boolean => path === '/_weir' || path.startsWith('/_weir/');
