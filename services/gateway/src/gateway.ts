import type { Route, RouteInstance } from '@weir/contracts';
import { assetKey } from './assets/asset-key.ts';
import type { Affinity } from './instances/affinity.ts';
import type { InstancePool } from './instances/instance-pool.ts';
import { pageFor, type PageName } from './pages/pages.ts';
import { requestHeaders } from './request/headers.ts';
import type { RequestFacts } from './request/request-facts.ts';
import { valuesOf } from './request/values-of.ts';
import type { Router, Service } from './routing/router.ts';
import { parseAddress, type Address } from './transport/address.ts';
import type { Exchange, UpstreamFailure } from './transport/proxy.ts';

/** Who connected, as far as the gateway may believe it. */
export interface Peer {
  readonly address: string;
  readonly scheme: 'http' | 'https';
}

/** A request or an upgrade, whatever read it from the wire. */
export interface Visit {
  readonly facts: RequestFacts;
  /** Flat list of names and values, as they came. */
  readonly rawHeaders: readonly string[];
  readonly peer: Peer;
}

/** Where an app's request goes. */
export interface Destination {
  readonly route: Route;
  readonly instance: RouteInstance;
}

/** What is to be done with a visit. Transports carry it out and decide nothing. */
export type Resolution =
  | { readonly kind: 'forward'; readonly exchange: Exchange; readonly destination: Destination | undefined }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'page'; readonly page: PageName };

export interface GatewayParts {
  readonly router: Router;
  readonly pool: InstancePool;
  readonly affinity: Affinity;
  readonly services: Readonly<Record<Service, Address>>;
}

const FIRST_BYTE_MS = 60_000;

/** The chain: facts → decision → instance → exchange, the same for a request and for an upgrade. */
export class Gateway {
  readonly #parts: GatewayParts;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  resolve(visit: Visit): Resolution {
    const decision = this.#parts.router.decide(visit.facts);
    if (decision.kind === 'page' || decision.kind === 'redirect') return decision;
    if (decision.kind === 'platform') return { kind: 'forward', exchange: exchangeOf(visit, 'platform', this.#parts.services[decision.service]), destination: undefined };
    return this.#toApp(visit, decision.route);
  }

  #toApp(visit: Visit, route: Route): Resolution {
    const { pool, affinity } = this.#parts;
    const bound = affinity.bound(route.app, visit.facts.cookie);
    const instance = pool.pick(route, { bound, navigation: visit.facts.navigation });
    if (!instance) return { kind: 'page', page: pageFor(route.status) };
    const rebinds = bound?.id !== instance.id || bound.attempt !== instance.attempt;
    const exchange = exchangeOf(visit, 'app', parseAddress(instance.address), rebinds ? affinity.bind(route.app, instance) : undefined);
    return { kind: 'forward', exchange: { ...exchange, asset: assetKey(route, instance, visit.facts.target) }, destination: { route, instance } };
  }
}

function exchangeOf({ facts, rawHeaders, peer }: Visit, audience: Exchange['audience'], to: Address, setCookie?: string): Exchange {
  const host = valuesOf(rawHeaders, 'host')[0] ?? facts.host.name;
  return {
    to,
    target: facts.target,
    headers: requestHeaders(rawHeaders, audience, { ...peer, host }),
    audience,
    firstByteMs: audience === 'app' ? FIRST_BYTE_MS : undefined,
    asset: undefined,
    setCookie,
  };
}

/** What a visitor is told when the upstream gave no answer. */
export function failurePage({ audience, target }: Exchange, failure: UpstreamFailure, navigation: boolean): PageName {
  if (audience === 'platform') return failure === 'timeout' ? 'timed-out' : 'platform-starting';
  if (failure === 'missing') return 'no-such-path';
  if (failure === 'timeout') return 'timed-out';
  // A listener that is gone comes back: the container restarts, or the routes move on.
  return failure === 'refused' && (navigation || target.startsWith('/_stcore/')) ? 'starting' : 'bad-gateway';
}
