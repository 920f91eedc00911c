import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@weir/telemetry';
import { parseAddress, plainAddress, type Address } from './address.ts';
import type { Affinity } from './affinity.ts';
import { requestHeaders, type Audience } from './headers.ts';
import { Handshake } from './handshake.ts';
import type { InstancePool } from './instance-pool.ts';
import { answerPage, pageFor, pageStatus, type PageName } from './pages.ts';
import type { Exchange, Proxy, UpstreamFailure } from './proxy.ts';
import type { Relay } from './relay.ts';
import { refuse } from './refuse.ts';
import { isMalformed, readFacts, valuesOf, type RequestFacts } from './request-facts.ts';
import type { RouteDecision, Router, Service } from './router.ts';

type RouteTo = Extract<RouteDecision, { kind: 'app' | 'platform' }>;
type InstanceTo = NonNullable<ReturnType<InstancePool['pick']>>;

export interface GatewayParts {
  readonly router: Router;
  readonly pool: InstancePool;
  readonly affinity: Affinity;
  readonly proxy: Proxy;
  readonly services: Readonly<Record<Service, Address>>;
  readonly scheme: 'http' | 'https';
  readonly log: Logger;
}

const FIRST_BYTE_MS = 60_000;

/** The chain: facts → decision → instance → exchange, the same for a request and for an upgrade. */
export class Gateway {
  /** Every WebSocket that is open. */
  readonly relays = new Set<Relay>();
  readonly #parts: GatewayParts;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  request(message: IncomingMessage, response: ServerResponse): void {
    response.on('error', (error) => this.#parts.log.debug({ err: error }, 'response.error'));
    const facts = readFacts(message, false);
    if (isMalformed(facts)) return void response.writeHead(facts.status, { Connection: 'close' }).end();
    const decision = this.#parts.router.decide(facts);
    if (decision.kind === 'page') return answerPage(response, decision.page, facts.navigation);
    if (decision.kind === 'redirect') return void response.writeHead(302, { Location: decision.location, 'Cache-Control': 'no-store' }).end();

    const instance = this.#instance(decision, facts);
    if (instance === null) return answerPage(response, pageOf(decision), facts.navigation);
    const { proxy, pool } = this.#parts;
    if (instance) {
      pool.requestStarted(instance.id);
      response.once('close', () => pool.requestEnded(instance.id));
    }
    proxy.forward(message, response, this.#exchange(message, facts, decision, instance, (page) => answerPage(response, page, facts.navigation)));
  }

  upgrade(message: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', (error) => this.#parts.log.debug({ err: error }, 'socket.error'));
    socket.setNoDelay(true).setKeepAlive(true, 30_000).setTimeout(0);
    const facts = readFacts(message, true);
    if (isMalformed(facts)) return refuse(socket, facts.status);
    const decision = this.#parts.router.decide(facts);
    if (decision.kind === 'page') return refuse(socket, pageStatus(decision.page));
    if (decision.kind === 'redirect') return refuse(socket, 404);

    const instance = this.#instance(decision, facts);
    if (instance === null) return refuse(socket, pageStatus(pageOf(decision)));
    const exchange = this.#exchange(message, facts, decision, instance, (page) => refuse(socket, pageStatus(page)));
    const startedAt = performance.now();
    new Handshake(socket, head, exchange, {
      opened: (relay) => {
        this.relays.add(relay);
        if (instance) this.#parts.pool.socketOpened(instance.id);
      },
      ended: (relay) => {
        this.relays.delete(relay);
        if (instance) this.#parts.pool.socketClosed(instance.id);
        this.#parts.log.info({ host: facts.host.name, instance: instance?.id, sentBytes: relay.sent, receivedBytes: relay.received, openMs: Math.round(performance.now() - startedAt) }, 'socket.closed');
      },
    }).start();
  }

  /** The instance for an app's request, `null` if it has none, `undefined` if no app was asked for. */
  #instance(decision: RouteTo, facts: RequestFacts): InstanceTo | null | undefined {
    if (decision.kind === 'platform') return undefined;
    const { pool, affinity } = this.#parts;
    const bound = affinity.bound(decision.route.app, facts.cookie);
    return pool.pick(decision.route, { bound, navigation: facts.navigation }) ?? null;
  }

  #exchange(message: IncomingMessage, facts: RequestFacts, decision: RouteTo, instance: InstanceTo | undefined, show: (page: PageName) => void): Exchange {
    const { affinity, services, scheme, log } = this.#parts;
    const audience: Audience = decision.kind;
    const host = valuesOf(message.rawHeaders, 'host')[0] ?? facts.host.name;
    const rebinds = decision.kind === 'app' && instance && affinity.bound(decision.route.app, facts.cookie) !== instance.id;
    return {
      to: decision.kind === 'platform' ? services[decision.service] : parseAddress(instance?.address ?? ''),
      target: facts.target,
      headers: requestHeaders(message.rawHeaders, audience, { address: plainAddress(message.socket.remoteAddress), scheme, host }),
      audience,
      firstByteMs: decision.kind === 'app' ? FIRST_BYTE_MS : undefined,
      setCookie: rebinds ? affinity.bind(decision.route.app, instance.id) : undefined,
      failed: (failure, error) => {
        log.warn({ err: error, host: facts.host.name, instance: instance?.id, failure }, 'upstream.failed');
        show(failurePage(audience, failure, facts));
      },
    };
  }
}

const pageOf = (decision: RouteTo): PageName => (decision.kind === 'app' ? pageFor(decision.route.status) : 'platform-starting');

function failurePage(audience: Audience, failure: UpstreamFailure, { navigation, target }: RequestFacts): PageName {
  if (audience === 'platform') return failure === 'timeout' ? 'timed-out' : 'platform-starting';
  if (failure === 'timeout') return 'timed-out';
  // A listener that is gone comes back: the container restarts, or the routes move on.
  return failure === 'refused' && (navigation || target.startsWith('/_stcore/')) ? 'starting' : 'bad-gateway';
}
