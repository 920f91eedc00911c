import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { InstanceId } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import { failurePage, type Gateway, type Peer, type Visit } from '../gateway.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import { answerPage, pageAnswer, pageStatus, type PageName } from '../pages/pages.ts';
import { isMalformed, readFacts, type ReadHead } from '../request/request-facts.ts';
import type { StrictHead } from '../request/strict-head.ts';
import { Handshake, type Attempt } from '../transport/handshake.ts';
import type { Exchange, OnFailure, Proxy, UpstreamFailure } from '../transport/proxy.ts';
import type { Relay } from '../transport/relay.ts';
import { refuse } from './refuse.ts';
import type { Passage } from './strict-connection.ts';

export interface HttpHandlerParts {
  readonly gateway: Gateway;
  readonly pool: InstancePool;
  readonly proxy: Proxy;
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

  request(message: IncomingMessage, response: ServerResponse, peer: Peer): void {
    const { gateway, pool, proxy, log } = this.#parts;
    response.on('error', (error) => log.debug({ err: error }, 'response.error'));
    const facts = readFacts(message, false);
    if (isMalformed(facts)) return void response.writeHead(facts.status, { Connection: 'close' }).end();
    const visit = { facts, rawHeaders: message.rawHeaders, peer };
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

  /** What {@link request} does for a head that was read strictly; `undefined` if there is more to do than to forward. */
  readonly forward = (head: StrictHead, peer: Peer): Passage | undefined => {
    const { gateway, pool } = this.#parts;
    const facts = readFacts(head, false);
    if (isMalformed(facts)) return undefined;
    const visit = { facts, rawHeaders: head.rawHeaders, peer };
    const resolution = gateway.resolve(visit);
    if (resolution.kind !== 'forward') return undefined;
    const { exchange, destination } = resolution;
    if (destination) pool.requestStarted(destination.instance.id);
    return {
      exchange,
      failed: (failure, error) => pageAnswer(this.#failed(visit, exchange, destination?.instance.id, failure, error), facts.navigation),
      ended: () => destination && pool.requestEnded(destination.instance.id),
    };
  };

  readonly upgrade = (message: ReadHead, socket: Socket, early: Buffer, peer: Peer): void => {
    const { gateway, log } = this.#parts;
    socket.on('error', (error) => log.debug({ err: error }, 'socket.error'));
    socket.setNoDelay(true).setKeepAlive(true, 30_000).setTimeout(0);
    const facts = readFacts(message, true);
    if (isMalformed(facts)) return refuse(socket, facts.status);
    const visit = { facts, rawHeaders: message.rawHeaders, peer };
    const resolution = gateway.resolve(visit);
    if (resolution.kind === 'page') return refuse(socket, pageStatus(resolution.page));
    if (resolution.kind === 'redirect') return refuse(socket, 404);

    const { exchange, destination } = resolution;
    const instance = destination?.instance.id;
    new Handshake(socket, early, exchange, {
      ...this.#counted(facts.host.name, instance),
      failed: this.#onFailure(visit, exchange, instance, (page) => refuse(socket, pageStatus(page))),
    }).start();
  };

  /** Apart from the request, whose headers would otherwise be kept for as long as the socket is open. */
  #counted(host: string, instance: InstanceId | undefined): Pick<Attempt, 'opened' | 'ended'> {
    const { pool, log } = this.#parts;
    const startedAt = performance.now();
    return {
      opened: (relay) => {
        this.relays.add(relay);
        if (instance) pool.socketOpened(instance);
      },
      ended: (relay) => {
        this.relays.delete(relay);
        if (instance) pool.socketClosed(instance);
        log.info({ host, instance, sentBytes: relay.sent, receivedBytes: relay.received, openMs: Math.round(performance.now() - startedAt) }, 'socket.closed');
      },
    };
  }

  #onFailure(visit: Visit, exchange: Exchange, instance: string | undefined, show: (page: PageName) => void): OnFailure {
    return (failure, error) => show(this.#failed(visit, exchange, instance, failure, error));
  }

  #failed({ facts }: Visit, exchange: Exchange, instance: string | undefined, failure: UpstreamFailure, error: Error): PageName {
    this.#parts.log.warn({ err: error, host: facts.host.name, instance, failure }, 'upstream.failed');
    return failurePage(exchange, failure, facts.navigation);
  }
}
