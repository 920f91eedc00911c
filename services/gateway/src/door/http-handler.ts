import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@weir/telemetry';
import { failurePage, type Destination, type Gateway, type Resolution, type Visit } from '../gateway.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import { answerPage, pageStatus, type PageName } from '../pages/pages.ts';
import { isMalformed, readFacts } from '../request/request-facts.ts';
import { Handshake } from '../transport/handshake.ts';
import { OpenSockets } from '../transport/open-sockets.ts';
import type { Exchange, OnFailure, Proxy } from '../transport/proxy.ts';
import type { Relay } from '../transport/relay.ts';
import { answerOwn } from './answer-own.ts';
import type { Connection } from './http-server.ts';
import { meterOf } from './meter.ts';
import type { Outcome, Passage } from './passage.ts';
import { refuse } from './refuse.ts';
import type { Resolver } from './schemes.ts';
import type { Traffic } from './traffic.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

export interface HttpHandlerParts {
  readonly resolver: Resolver;
  /** Hears, at most once a report, that a person uses an open socket. */
  readonly noteUse: Gateway['noteUse'];
  readonly pool: Pick<InstancePool, 'reports'>;
  readonly proxies: TrustedProxies;
  readonly traffic: Traffic;
  readonly proxy: Proxy;
  readonly malformed: () => void;
  readonly log: Logger;
}

/** Carries out what was decided about the visits that node:http has read. */
export class HttpHandler {
  /** Every WebSocket that is open. */
  readonly relays = new OpenSockets();
  readonly #parts: HttpHandlerParts;

  constructor(parts: HttpHandlerParts) {
    this.#parts = parts;
  }

  request(message: IncomingMessage, response: ServerResponse, connection: Connection): void {
    const { resolver, proxies, malformed, log } = this.#parts;
    response.on('error', (error) => log.debug({ err: error }, 'response.error'));
    const peer = proxies.believe(connection.peer, message.rawHeaders);
    const facts = readFacts(message, false);
    if (isMalformed(facts)) {
      malformed();
      return void response.writeHead(facts.status, { Connection: 'close' }).end();
    }
    const visit = { facts, rawHeaders: message.rawHeaders, peer };
    this.#answer(visit, { message, response, connection }, resolver.resolve(visit));
  }

  upgrade(message: IncomingMessage, socket: Socket, head: Buffer, connection: Connection): void {
    const { resolver, proxies, malformed, log } = this.#parts;
    socket.on('error', (error) => log.debug({ err: error }, 'socket.error'));
    socket.setTimeout(0);
    const peer = proxies.believe(connection.peer, message.rawHeaders);
    const facts = readFacts(message, true);
    if (isMalformed(facts)) {
      malformed();
      return refuse(socket, facts.status);
    }
    const visit = { facts, rawHeaders: message.rawHeaders, peer };
    this.#open(visit, socket, head, resolver.resolve(visit));
  }

  #answer(visit: Visit, http: { readonly message: IncomingMessage; readonly response: ServerResponse; readonly connection: Connection }, resolution: Resolution): void {
    const { traffic, proxy } = this.#parts;
    const { message, response, connection } = http;
    const { navigation } = visit.facts;
    if (resolution.kind === 'hold') return this.#hold(resolution.next, (next) => !response.destroyed && this.#answer(visit, http, next));
    const passage = traffic.begin('request', visit, resolution, connection.meter);
    if (!passage) return answerPage(response, 'over-limit', navigation);
    let outcome: Outcome = resolution.kind === 'forward' ? 'served' : resolution.kind;
    response.once('close', () => passage.end(response.writableFinished ? outcome : 'cut', response.headersSent ? response.statusCode : 0));

    if (resolution.kind === 'page') return answerPage(response, resolution.page, navigation);
    if (resolution.kind === 'answer') return answerOwn(response, resolution.answer);
    if (resolution.kind === 'redirect') return void response.writeHead(302, { Location: resolution.location, 'Cache-Control': 'no-store' }).end();
    const failed = this.#onFailure(visit, resolution.exchange, passage, (page) => {
      outcome = 'failed';
      answerPage(response, page, navigation);
    });
    proxy.forward(message, response, resolution.exchange, failed);
  }

  #open(visit: Visit, socket: Socket, head: Buffer, resolution: Resolution): void {
    if (resolution.kind === 'hold') return this.#hold(resolution.next, (next) => !socket.destroyed && this.#open(visit, socket, head, next));
    let open: Relay | undefined;
    const passage = this.#parts.traffic.begin('socket', visit, resolution, meterOf(() => open ?? { sent: 0, received: 0 }));
    if (!passage) return refuse(socket, 429);
    const turnAway = (outcome: Outcome, status: number): void => {
      refuse(socket, status);
      passage.end(outcome, status);
    };
    if (resolution.kind === 'page') return turnAway('page', pageStatus(resolution.page));
    if (resolution.kind !== 'forward') return turnAway(resolution.kind, 404);

    const { exchange, destination } = resolution;
    new Handshake(socket, head, exchange, {
      opened: (relay) => {
        open = relay;
        this.relays.add(relay, destination);
        passage.open();
      },
      ended: (relay) => {
        this.relays.delete(relay);
        passage.end('served', 101);
      },
      heard: this.#heard(destination),
      failed: this.#onFailure(visit, exchange, passage, (page) => turnAway('failed', pageStatus(page))),
    }).start();
    // A handshake that the app refused ends with its connection, and so does one that the browser leaves.
    socket.once('close', () => {
      if (!open) passage.end('cut', 0);
    });
  }

  /** Is called for every message, so it is one comparison for most of them. */
  #heard(destination: Destination | undefined): () => void {
    const { noteUse, pool } = this.#parts;
    let noted = -1;
    return () => {
      if (!destination || noted === pool.reports) return;
      noted = pool.reports;
      noteUse(destination);
    };
  }

  #hold(next: Promise<Resolution>, carryOut: (resolution: Resolution) => void): void {
    this.#parts.traffic.held();
    next.then(carryOut).catch((error: unknown) => {
      this.#parts.log.error({ err: error }, 'hold.failed');
      carryOut({ kind: 'page', page: 'bad-gateway' });
    });
  }

  #onFailure({ facts }: Visit, exchange: Exchange, { destination }: Passage, show: (page: PageName) => void): OnFailure {
    return (failure, error) => {
      this.#parts.log.warn({ err: error, host: facts.host.name, instance: destination?.instance.id, failure }, 'upstream.failed');
      show(failurePage(exchange, failure, facts.navigation));
    };
  }
}
