import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Shells } from '../assets/shells.ts';
import type { Resolution } from '../resolution.ts';
import type { Visit } from '../request/visit.ts';
import { pageAnswer } from '../pages/pages.ts';
import { isMalformed } from '../request/request-facts.ts';
import { hasBody, type Proxy } from '../transport/proxy.ts';
import { carryOutHeld } from './carry-out-held.ts';
import type { Connection } from './http-server.ts';
import { noteFailure, type FailureParts } from './note-failure.ts';
import type { Outcome } from './passage.ts';
import { readVisit } from './read-visit.ts';
import type { Resolver } from './schemes.ts';
import type { Traffic } from './traffic.ts';
import type { TrustedProxies } from './trusted-proxies.ts';
import { send, sendKept, wholeAnswer } from './whole-answer.ts';

export interface HttpHandlerParts extends FailureParts {
  readonly resolver: Resolver;
  readonly proxies: TrustedProxies;
  readonly traffic: Traffic;
  readonly proxy: Proxy;
  readonly shells: Pick<Shells, 'find'>;
  readonly malformed: () => void;
}

/** A request that node:http has read, and where its answer goes. */
interface Received {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
}

/** Carries out what was decided about the requests that node:http has read. */
export class HttpHandler {
  readonly #parts: HttpHandlerParts;

  constructor(parts: HttpHandlerParts) {
    this.#parts = parts;
  }

  readonly request = (message: IncomingMessage, response: ServerResponse, connection: Connection): void => {
    const { resolver, proxies, malformed, log } = this.#parts;
    response.on('error', (error) => log.debug({ err: error }, 'response.error'));
    const visit = readVisit(message, false, connection.peer, proxies);
    if (isMalformed(visit)) {
      malformed();
      return void response.writeHead(visit.status, { Connection: 'close' }).end();
    }
    this.#answer(visit, { message, response, connection }, resolver.resolve(visit));
  };

  #answer(visit: Visit, received: Received, resolution: Resolution): void {
    const { traffic, proxy, shells, log } = this.#parts;
    const { message, response, connection } = received;
    const { navigation } = visit.facts;
    if (resolution.kind === 'hold') {
      const hold = traffic.hold(resolution);
      if (!hold) return send(response, pageAnswer('over-limit', navigation));
      return carryOutHeld(resolution, log, (next) => {
        hold.ends();
        if (!response.destroyed) this.#answer(visit, received, next);
      });
    }
    const passage = traffic.begin('request', visit, resolution, connection.meter);
    if (!passage) return send(response, pageAnswer('over-limit', navigation));
    let outcome: Outcome = resolution.kind === 'forward' ? 'served' : resolution.kind;
    response.once('close', () => passage.end(response.writableFinished ? outcome : 'cut', response.headersSent ? response.statusCode : 0));

    if (resolution.kind !== 'forward') return send(response, wholeAnswer(resolution, navigation));
    const { exchange } = resolution;
    const shell = hasBody(message) ? undefined : shells.find(exchange)?.reply(message.method ?? '', message.headers);
    if (shell) return sendKept(response, shell, exchange.setCookie);
    proxy.forward(message, response, exchange, (failure, error) => {
      outcome = 'failed';
      send(response, pageAnswer(noteFailure(this.#parts, visit, resolution, failure, error), navigation));
    });
  }
}
