import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Peer } from '../gateway.ts';
import type { ConnectionServer } from './connection-server.ts';
import type { HttpHandler } from './http-handler.ts';
import { refuse } from './refuse.ts';

const OPTIONS = {
  maxHeaderSize: 65_536,
  headersTimeout: 10_000,
  requestTimeout: 0, // bodies stream for as long as they need
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
  insecureHTTPParser: false,
  shouldUpgradeCallback: isWebSocket,
} as const;

/** Node's own HTTP server, on connections it is handed. */
export class HttpServer implements ConnectionServer {
  readonly #handler: HttpHandler;
  readonly #server: Server;
  readonly #peers = new WeakMap<Socket, Peer>();
  #inFlight = 0;
  #draining = false;

  constructor(handler: HttpHandler) {
    this.#handler = handler;
    this.#server = createServer(OPTIONS, (message, response) => this.#request(message, response));
    this.#server.maxHeadersCount = 0; // counted, not silently cut: see request-facts
    this.#server.on('checkContinue', (message, response) => this.#request(message, response));
    this.#server.on('upgrade', (message, socket, head) => {
      const peer = socket instanceof Socket ? this.#peers.get(socket) : undefined;
      if (socket instanceof Socket && peer) this.#handler.upgrade(message, socket, head, peer);
      else socket.destroy();
    });
    this.#server.on('clientError', (error: Error & { code?: string }, socket) => refuse(socket, clientErrorStatus(error.code)));
    this.#server.emit('listening'); // begins its sweep for slow heads; it never listens itself
  }

  serve(socket: Socket, peer: Peer): void {
    this.#peers.set(socket, peer);
    this.#server.emit('connection', socket);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  drain(): void {
    this.#draining = true;
  }

  closeIdle(): void {
    this.#server.closeIdleConnections();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #request(message: IncomingMessage, response: ServerResponse): void {
    const peer = this.#peers.get(message.socket);
    if (!peer) return void response.destroy();
    this.#inFlight += 1;
    response.once('close', () => (this.#inFlight -= 1));
    if (this.#draining) response.shouldKeepAlive = false;
    this.#handler.request(message, response, peer);
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
