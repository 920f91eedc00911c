import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@weir/telemetry';
import type { Address } from '../transport/address.ts';
import type { HttpHandler } from './http-handler.ts';
import { refuse } from './refuse.ts';

const SERVER = {
  maxHeaderSize: 65_536,
  headersTimeout: 10_000,
  requestTimeout: 0, // bodies stream for as long as they need
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
  noDelay: true,
  insecureHTTPParser: false,
  shouldUpgradeCallback: isWebSocket,
} as const;

/** Service restart, as uvicorn says it too (RFC 6455 §7.4.2 registry). */
const SERVICE_RESTART = 1012;
const CLOSING_MS = 2_000;
const POLL_MS = 50;

/** The public listeners, and the way they close. */
export class FrontDoor {
  readonly #handler: HttpHandler;
  readonly #log: Logger;
  readonly #servers: Server[] = [];
  #inFlight = 0;
  #draining = false;

  constructor(handler: HttpHandler, log: Logger) {
    this.#handler = handler;
    this.#log = log;
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Listens on one more address. @returns the port, which matters when 0 was asked for */
  async listen({ host, port }: Address): Promise<number> {
    const server = createServer(SERVER, (message, response) => this.#serve(message, response));
    server.maxHeadersCount = 0; // counted, not silently cut: see request-facts
    server.on('checkContinue', (message, response) => this.#serve(message, response));
    server.on('upgrade', (message, socket, head) => (socket instanceof Socket ? this.#handler.upgrade(message, socket, head) : socket.destroy()));
    server.on('clientError', (error: Error & { code?: string }, socket) => refuse(socket, clientErrorStatus(error.code)));
    this.#servers.push(server);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    server.on('error', (error) => this.#log.error({ err: error, host, port }, 'listener.error'));
    const bound = server.address();
    return typeof bound === 'object' && bound ? bound.port : port;
  }

  /**
   * Takes no new connection, lets requests finish, then closes WebSockets with 1012.
   *
   * Sockets go last: their browsers come back at once, and want to find the next process.
   */
  async drain(limitMs: number): Promise<void> {
    this.#draining = true;
    for (const server of this.#servers) server.close();
    const deadline = performance.now() + limitMs;
    await this.#until(() => this.#inFlight === 0, deadline - CLOSING_MS);
    for (const relay of this.#handler.relays) relay.close(SERVICE_RESTART, 'restarting');
    await this.#until(() => this.#handler.relays.size === 0, Math.min(deadline, performance.now() + CLOSING_MS));
    for (const relay of this.#handler.relays) relay.destroy();
    for (const server of this.#servers) server.closeAllConnections();
  }

  #serve(message: IncomingMessage, response: ServerResponse): void {
    this.#inFlight += 1;
    response.once('close', () => (this.#inFlight -= 1));
    if (this.#draining) response.shouldKeepAlive = false;
    this.#handler.request(message, response);
  }

  async #until(done: () => boolean, deadline: number): Promise<void> {
    while (!done() && performance.now() < deadline) {
      for (const server of this.#servers) server.closeIdleConnections();
      await delay(POLL_MS);
    }
  }
}

/** Any other `Upgrade` (h2c, say) is left out, and the request is an ordinary one. */
function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13';
}

function clientErrorStatus(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
