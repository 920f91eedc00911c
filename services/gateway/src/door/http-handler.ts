import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@weir/telemetry';
import { failurePage, type Visit } from '../gateway.ts';
import { answerPage, pageStatus, type PageName } from '../pages/pages.ts';
import { isMalformed, readFacts } from '../request/request-facts.ts';
import { Handshake } from '../transport/handshake.ts';
import type { Exchange, OnFailure, Proxy } from '../transport/proxy.ts';
import type { Relay } from '../transport/relay.ts';
import type { Connection } from './http-server.ts';
import { meterOf } from './meter.ts';
import type { Passage } from './passage.ts';
import { refuse } from './refuse.ts';
import type { Resolver } from './schemes.ts';
import type { Traffic } from './traffic.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

export interface HttpHandlerParts {
  readonly resolver: Resolver;
  readonly proxies: TrustedProxies;
  readonly traffic: Traffic;
  readonly proxy: Proxy;
  readonly malformed: () => void;
  readonly log: Logger;
}

/** Carries out what was decided about the visits that node:http has read. */
export class HttpHandler {
  /** Every WebSocket that is open. */
  readonly relays = new Set<Relay>();
  readonly #parts: HttpHandlerParts;

  constructor(parts: HttpHandlerParts) {
    this.#parts = parts;
  }

  request(message: IncomingMessage, response: ServerResponse, { peer, meter }: Connection): void {
    const { resolver, proxies, traffic, proxy, malformed, log } = this.#parts;
    response.on('error', (error) => log.debug({ err: error }, 'response.error'));
    const believed = proxies.believe(peer, message.rawHeaders);
    const facts = readFacts(message, false);
    if (isMalformed(facts)) {
      malformed();
      return void response.writeHead(facts.status, { Connection: 'close' }).end();
    }
    const visit = { facts, rawHeaders: message.rawHeaders, peer: believed };
    const resolution = resolver.resolve(visit);
    const passage = traffic.begin('request', visit, resolution, meter);
    if (!passage) return answerPage(response, 'over-limit', facts.navigation);
    let outcome: 'served' | 'failed' | 'page' | 'redirect' = resolution.kind === 'forward' ? 'served' : resolution.kind;
    response.once('close', () => passage.end(response.writableFinished ? outcome : 'cut', response.headersSent ? response.statusCode : 0));

    if (resolution.kind === 'page') return answerPage(response, resolution.page, facts.navigation);
    if (resolution.kind === 'redirect') return void response.writeHead(302, { Location: resolution.location, 'Cache-Control': 'no-store' }).end();
    const { exchange } = resolution;
    const failed = this.#onFailure(visit, exchange, passage, (page) => {
      outcome = 'failed';
      answerPage(response, page, facts.navigation);
    });
    proxy.forward(message, response, exchange, failed);
  }

  upgrade(message: IncomingMessage, socket: Socket, head: Buffer, { peer }: Connection): void {
    const { resolver, proxies, traffic, malformed, log } = this.#parts;
    socket.on('error', (error) => log.debug({ err: error }, 'socket.error'));
    socket.setTimeout(0);
    const believed = proxies.believe(peer, message.rawHeaders);
    const facts = readFacts(message, true);
    if (isMalformed(facts)) {
      malformed();
      return refuse(socket, facts.status);
    }
    const visit = { facts, rawHeaders: message.rawHeaders, peer: believed };
    const resolution = resolver.resolve(visit);
    let open: Relay | undefined;
    const passage = traffic.begin('socket', visit, resolution, meterOf(() => open ?? { sent: 0, received: 0 }));
    if (!passage) return refuse(socket, 429);
    const turnAway = (outcome: 'page' | 'redirect' | 'failed', status: number): void => {
      refuse(socket, status);
      passage.end(outcome, status);
    };
    if (resolution.kind === 'page') return turnAway('page', pageStatus(resolution.page));
    if (resolution.kind === 'redirect') return turnAway('redirect', 404);

    new Handshake(socket, head, resolution.exchange, {
      opened: (relay) => {
        open = relay;
        this.relays.add(relay);
        passage.open();
      },
      ended: (relay) => {
        this.relays.delete(relay);
        passage.end('served', 101);
      },
      failed: this.#onFailure(visit, resolution.exchange, passage, (page) => turnAway('failed', pageStatus(page))),
    }).start();
    // A handshake that the app refused ends with its connection, and so does one that the browser leaves.
    socket.once('close', () => {
      if (!open) passage.end('cut', 0);
    });
  }

  #onFailure({ facts }: Visit, exchange: Exchange, { destination }: Passage, show: (page: PageName) => void): OnFailure {
    return (failure, error) => {
      this.#parts.log.warn({ err: error, host: facts.host.name, instance: destination?.instance.id, failure }, 'upstream.failed');
      show(failurePage(exchange, failure, facts.navigation));
    };
  }
}
