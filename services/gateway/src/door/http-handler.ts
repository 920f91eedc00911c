import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@weir/telemetry';
import { failurePage, type Destination, type Gateway, type Peer, type Resolution, type Visit } from '../gateway.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import { answerOwn } from './answer-own.ts';
import { answerPage, pageStatus, type PageName } from '../pages/pages.ts';
import { isMalformed, readFacts } from '../request/request-facts.ts';
import { plainAddress } from '../transport/address.ts';
import { Handshake } from '../transport/handshake.ts';
import type { Exchange, OnFailure, Proxy } from '../transport/proxy.ts';
import { OpenSockets } from '../transport/open-sockets.ts';
import { refuse } from './refuse.ts';

export interface HttpHandlerParts {
  readonly gateway: Gateway;
  readonly pool: InstancePool;
  readonly proxy: Proxy;
  readonly scheme: Peer['scheme'];
  readonly log: Logger;
}

/** Carries out the gateway's resolutions for what node:http has read. */
export class HttpHandler {
  /** Every WebSocket that is open. */
  readonly relays = new OpenSockets();
  readonly #parts: HttpHandlerParts;

  constructor(parts: HttpHandlerParts) {
    this.#parts = parts;
  }

  request(message: IncomingMessage, response: ServerResponse): void {
    const { gateway, log } = this.#parts;
    response.on('error', (error) => log.debug({ err: error }, 'response.error'));
    const facts = readFacts(message, false);
    if (isMalformed(facts)) return void response.writeHead(facts.status, { Connection: 'close' }).end();
    const visit = this.#visit(message, facts);
    this.#answer(visit, message, response, gateway.resolve(visit));
  }

  #answer(visit: Visit, message: IncomingMessage, response: ServerResponse, resolution: Resolution): void {
    const { pool, proxy } = this.#parts;
    const { navigation } = visit.facts;
    if (resolution.kind === 'page') return answerPage(response, resolution.page, navigation);
    if (resolution.kind === 'answer') return answerOwn(response, resolution.answer);
    if (resolution.kind === 'redirect') return void response.writeHead(302, { Location: resolution.location, 'Cache-Control': 'no-store' }).end();
    if (resolution.kind === 'hold') return this.#hold(resolution.next, (next) => !response.destroyed && this.#answer(visit, message, response, next));

    const { exchange, destination } = resolution;
    if (destination) {
      pool.requestStarted(destination.instance.id);
      response.once('close', () => pool.requestEnded(destination.instance.id));
    }
    proxy.forward(message, response, exchange, this.#onFailure(visit, exchange, destination?.instance.id, (page) => answerPage(response, page, navigation)));
  }

  upgrade(message: IncomingMessage, socket: Socket, head: Buffer): void {
    const { gateway, log } = this.#parts;
    socket.on('error', (error) => log.debug({ err: error }, 'socket.error'));
    socket.setNoDelay(true).setKeepAlive(true, 30_000).setTimeout(0);
    const facts = readFacts(message, true);
    if (isMalformed(facts)) return refuse(socket, facts.status);
    const visit = this.#visit(message, facts);
    this.#open(visit, socket, head, gateway.resolve(visit));
  }

  #open(visit: Visit, socket: Socket, head: Buffer, resolution: Resolution): void {
    const { pool, log } = this.#parts;
    if (resolution.kind === 'page') return refuse(socket, pageStatus(resolution.page));
    if (resolution.kind === 'redirect' || resolution.kind === 'answer') return refuse(socket, 404);
    if (resolution.kind === 'hold') return this.#hold(resolution.next, (next) => !socket.destroyed && this.#open(visit, socket, head, next));

    const { exchange, destination } = resolution;
    const instance = destination?.instance.id;
    const startedAt = performance.now();
    new Handshake(socket, head, exchange, {
      opened: (relay) => {
        this.relays.add(relay, destination);
        if (instance) pool.socketOpened(instance);
      },
      ended: (relay) => {
        this.relays.delete(relay);
        if (instance) pool.socketClosed(instance);
        log.info({ host: visit.facts.host.name, instance, sentBytes: relay.sent, receivedBytes: relay.received, openMs: Math.round(performance.now() - startedAt) }, 'socket.closed');
      },
      heard: this.#noteUse(destination),
      failed: this.#onFailure(visit, exchange, instance, (page) => refuse(socket, pageStatus(page))),
    }).start();
  }

  /** Is called for every message, so it is one comparison for most of them. */
  #noteUse(destination: Destination | undefined): () => void {
    const { gateway, pool } = this.#parts;
    let noted = -1;
    return () => {
      if (!destination || noted === pool.reports) return;
      noted = pool.reports;
      gateway.noteUse(destination);
    };
  }

  #hold(next: Promise<Resolution>, carryOut: (resolution: Resolution) => void): void {
    next.then(carryOut).catch((error: unknown) => {
      this.#parts.log.error({ err: error }, 'hold.failed');
      carryOut({ kind: 'page', page: 'bad-gateway' });
    });
  }

  #visit({ rawHeaders, socket }: IncomingMessage, facts: Visit['facts']): Visit {
    return { facts, rawHeaders, peer: { address: plainAddress(socket.remoteAddress), scheme: this.#parts.scheme } };
  }

  #onFailure({ facts }: Visit, exchange: Exchange, instance: string | undefined, show: (page: PageName) => void): OnFailure {
    return (failure, error) => {
      this.#parts.log.warn({ err: error, host: facts.host.name, instance, failure }, 'upstream.failed');
      show(failurePage(exchange, failure, facts.navigation));
    };
  }
}
