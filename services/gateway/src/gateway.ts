import { exchangeOf } from './exchange-of.ts';
import type { PageName } from './pages/pages.ts';
import type { Reception } from './reception.ts';
import type { Visit } from './request/visit.ts';
import type { Destination, Resolution } from './resolution.ts';
import type { Router, Service } from './routing/router.ts';
import type { Address } from './transport/address.ts';
import type { Exchange, UpstreamFailure } from './transport/exchange.ts';

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
        return reception.receiveTab(visit, decision.route);
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
