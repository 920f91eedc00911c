import type { Route, RouteInstance } from '@weir/contracts';
import { exchangeOf } from './exchange-of.ts';
import type { PageName } from './pages/pages.ts';
import type { Reception } from './reception.ts';
import type { RequestFacts } from './request/request-facts.ts';
import type { Router, Service } from './routing/router.ts';
import type { OwnAnswer } from './tab/own-answer.ts';
import type { Address } from './transport/address.ts';
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
  /** The browser has no session there yet: its socket is still to come. */
  readonly isNewcomer: boolean;
}

export interface Forward {
  readonly kind: 'forward';
  readonly exchange: Exchange;
  readonly destination: Destination | undefined;
}

/** Nothing yet: the app is waking. What comes of it is carried out then, if the visitor is still there. */
export interface Hold {
  readonly kind: 'hold';
  readonly wait: () => Promise<Resolution>;
}

/** What is to be done with a visit. Transports carry it out and decide nothing. */
export type Resolution =
  | Forward
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'page'; readonly page: PageName }
  | { readonly kind: 'answer'; readonly answer: OwnAnswer }
  | Hold;

export interface GatewayParts {
  readonly router: Router;
  readonly reception: Reception;
  readonly services: Readonly<Record<Service, Address>>;
}

/** The chain: facts → whom it is for → reception → exchange, the same for a request and for an upgrade. */
export class Gateway {
  readonly #parts: GatewayParts;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  /** May be asked twice about the same visit: what it counts and wakes is the same once and again. */
  resolve(visit: Visit): Resolution {
    const { router, reception, services } = this.#parts;
    const decision = router.decide(visit.facts);
    switch (decision.kind) {
      case 'app':
        return reception.receive(visit, decision.route);
      case 'tab':
        return reception.receiveTab(visit, decision.route, decision.path);
      case 'platform':
        return { kind: 'forward', exchange: exchangeOf(visit, 'platform', services[decision.service]), destination: undefined };
      case 'page':
      case 'redirect':
        return decision;
    }
  }

  /** A person did something in an app's page that is open. */
  noteUse(destination: Destination): void {
    this.#parts.reception.noteUse(destination);
  }
}

/** What a visitor is told when the upstream gave no answer. */
export function failurePage({ audience, target, wake }: Exchange, failure: UpstreamFailure, navigation: boolean): PageName {
  if (failure === 'too-large') return 'too-large';
  if (audience === 'platform') return failure === 'timeout' ? 'timed-out' : 'platform-starting';
  if (failure === 'not-woken') return 'not-woken';
  if (wake) return 'waking';
  if (failure === 'missing') return 'no-such-path';
  if (failure === 'timeout') return 'timed-out';
  // A listener that is gone comes back: the container restarts, or the routes move on.
  return failure === 'refused' && (navigation || target.startsWith('/_stcore/')) ? 'starting' : 'bad-gateway';
}
