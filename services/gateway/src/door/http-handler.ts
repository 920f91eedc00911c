import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@weir/telemetry';
import { failurePage, type Gateway, type Peer, type Visit } from '../gateway.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import { answerPage, pageStatus, type PageName } from '../pages/pages.ts';
import { isMalformed, readFacts } from '../request/request-facts.ts';
import { plainAddress } from '../transport/address.ts';
import { Handshake } from '../transport/handshake.ts';
import type { Exchange, OnFailure, Proxy } from '../transport/proxy.ts';
import type { Relay } from '../transport/relay.ts';
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
  readonly relays = new Set<Relay>();
  readonly #parts: HttpHandlerParts;

  constructor(parts: HttpHandlerParts) {
    this.#parts = parts;
  }

  request(message: IncomingMessage, response: ServerResponse): void {
    const { gateway, pool, proxy, log } = this.#parts;
    response.on('error', (error) => log.debug({ err: error }, 'response.error'));
    const facts = readFacts(message, false);
    if (isMalformed(facts)) return void response.writeHead(facts.status, { Connection: 'close' }).end();
    const visit = this.#visit(message, facts);
    const resolution = gateway.resolve(visit);
    if (resolution.kind === 'page') return answerPage(response, resolution.page, facts.navigation);
    if (resolution.kind === 'redirect') return void response.writeHead(302, { Location: resolution.location, 'Cache-Control': 'no-store' }).end();

    const { exchange, destination } = resolution;
    if (destination) {
      pool.requestStarted(destination.instance.id);
      response.once('close', () => pool.requestEnded(destination.instance.id));
    }
    proxy.forward(message, response, exchange, this.#onFailure(visit, exchange, destination?.instance.id, (page) => answerPage(response, page, facts.navigation)));
  }

  upgrade(message: IncomingMessage, socket: Socket, head: Buffer): void {
    const { gateway, pool, log } = this.#parts;
    socket.on('error', (error) => log.debug({ err: error }, 'socket.error'));
    socket.setNoDelay(true).setKeepAlive(true, 30_000).setTimeout(0);
    const facts = readFacts(message, true);
    if (isMalformed(facts)) return refuse(socket, facts.status);
    const visit = this.#visit(message, facts);
    const resolution = gateway.resolve(visit);
    if (resolution.kind === 'page') return refuse(socket, pageStatus(resolution.page));
    if (resolution.kind === 'redirect') return refuse(socket, 404);

    const { exchange, destination } = resolution;
    const instance = destination?.instance.id;
    const startedAt = performance.now();
    new Handshake(socket, head, exchange, {
      opened: (relay) => {
        this.relays.add(relay);
        if (instance) pool.socketOpened(instance);
      },
      ended: (relay) => {
        this.relays.delete(relay);
        if (instance) pool.socketClosed(instance);
        log.info({ host: facts.host.name, instance, sentBytes: relay.sent, receivedBytes: relay.received, openMs: Math.round(performance.now() - startedAt) }, 'socket.closed');
      },
      failed: this.#onFailure(visit, exchange, instance, (page) => refuse(socket, pageStatus(page))),
    }).start();
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
