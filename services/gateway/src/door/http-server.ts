import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Peer } from '../request/visit.ts';
import type { ConnectionServer } from './connection-server.ts';
import { Channel } from '../transport/channel.ts';
import { KEEP_ALIVE_MS } from '../transport/dialling.ts';
import { hasBody } from '../transport/proxy.ts';
import { AwaitedBodies } from './awaited-bodies.ts';
import { meterOfSocket, type Meter } from './meter.ts';
import { refuse } from './refuse.ts';

const OPTIONS = {
  maxHeaderSize: 65_536,
  headersTimeout: 10_000,
  requestTimeout: 0, // bodies stream for as long as they need, as long as they come: see AwaitedBodies
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
  insecureHTTPParser: false,
  shouldUpgradeCallback: isWebSocket,
} as const;

/** Browsers send one request after another; a client that sends more at once than this is none. */
export const MOST_PIPELINED = 16;
const LINGER_MS = 3_000;

/** One connection: whose it is and what it carries. */
export interface Connection {
  readonly peer: Peer;
  readonly meter: Meter;
}

interface Carried extends Connection {
  requests: number;
  /** The newest of them. */
  newest: ServerResponse | undefined;
  /** The connection ends with the request it carries; what comes after it is not looked at. */
  last: boolean;
}

export type ProtocolRefusal = 'malformed' | 'head-too-large' | 'head-too-slow' | 'body-too-slow' | 'pipelined';

export interface HttpServerParts {
  readonly request: (message: IncomingMessage, response: ServerResponse, connection: Connection) => void;
  readonly upgrade: (message: IncomingMessage, channel: Channel, early: Buffer, peer: Peer) => void;
  readonly refused: (reason: ProtocolRefusal) => void;
}

/** Node's own HTTP server, on connections it is handed. */
export class HttpServer implements ConnectionServer {
  readonly #parts: HttpServerParts;
  readonly #server: Server;
  readonly #carried = new WeakMap<Socket, Carried>();
  readonly #bodies = new AwaitedBodies((message) => this.#giveUp(message));
  #inFlight = 0;
  #draining = false;

  constructor(parts: HttpServerParts) {
    this.#parts = parts;
    this.#server = createServer(OPTIONS, (message, response) => this.#request(message, response));
    this.#server.maxHeadersCount = 0; // counted, not silently cut: see request-facts
    this.#server.on('checkContinue', (message, response) => this.#request(message, response));
    this.#server.on('upgrade', (message, socket, head) => (socket instanceof Socket ? this.#upgrade(message, socket, head) : socket.destroy()));
    this.#server.on('clientError', (error, socket) => this.#unreadable(error, socket));
    this.#server.emit('listening'); // begins its sweep for slow heads; it never listens itself
  }

  serve(channel: Channel, peer: Peer, unread: Buffer): void {
    const socket = channel.stream(unread).setKeepAlive(true, KEEP_ALIVE_MS);
    this.#carried.set(socket, { peer, meter: meterOfSocket(socket), requests: 0, newest: undefined, last: false });
    this.#server.emit('connection', socket);
    socket.resume();
  }

  /** Called about once a second. */
  sweep(): void {
    this.#bodies.sweep();
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
    this.#bodies.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #request(message: IncomingMessage, response: ServerResponse): void {
    const connection = this.#carried.get(message.socket);
    if (!connection || connection.last) return void response.destroy();
    if (connection.requests >= MOST_PIPELINED) {
      this.#parts.refused('pipelined');
      return void message.socket.destroy();
    }
    connection.requests += 1;
    connection.newest = response;
    this.#inFlight += 1;
    response.once('close', () => {
      connection.requests -= 1;
      this.#inFlight -= 1;
    });
    if (hasBody(message)) this.#await(message, response);
    // An upgrade that we do not make: the client may believe it and speak another protocol next.
    connection.last = message.headers.upgrade !== undefined;
    if (this.#draining || connection.last) response.shouldKeepAlive = false;
    if (connection.peer.scheme === 'https') response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    this.#parts.request(message, response, connection);
  }

  #await(message: IncomingMessage, response: ServerResponse): void {
    this.#bodies.add(message);
    response.once('finish', () => linger(message));
  }

  /** The rest of a body comes no more. */
  #giveUp({ socket }: IncomingMessage): void {
    if (socket.writableEnded) return void socket.destroy(); // nor is the answer taken
    this.#parts.refused('body-too-slow');
    if (this.#isBodyOfOnly(socket)) refuse(socket, 408);
    else socket.destroy();
  }

  #upgrade(message: IncomingMessage, socket: Socket, head: Buffer): void {
    const connection = this.#carried.get(socket);
    if (!connection || connection.last) return void socket.destroy();
    if (connection.requests > 0) return refuse(socket, 400); // its 101 would overtake an answer
    const { channel, unread } = Channel.takeBack(socket.setTimeout(0));
    this.#parts.upgrade(message, channel, Buffer.concat([head, unread]), connection.peer);
  }

  /** What cannot be read is answered where the answer cannot pass for one to another request. */
  #unreadable(error: Error & { code?: string }, socket: Duplex): void {
    const { status, reason } = refusalOf(error.code);
    if (reason) this.#parts.refused(reason);
    const { requests = 0, last = false } = (socket instanceof Socket && this.#carried.get(socket)) || {};
    if ((requests === 0 && !last) || this.#isBodyOfOnly(socket)) refuse(socket, status);
    else if (socket instanceof Socket) socket.destroySoon();
  }

  /** Its only request is not answered yet, and still comes: an answer now is an answer to that. */
  #isBodyOfOnly(socket: Duplex): boolean {
    const { requests, newest } = (socket instanceof Socket && this.#carried.get(socket)) || {};
    return requests === 1 && newest?.headersSent === false && !newest.req.complete;
  }
}

/**
 * An answer may come before the end of the request's body. What still comes is thrown away for a while: to
 * close at once would reset the connection before the client has read the answer.
 */
function linger(message: IncomingMessage): void {
  if (message.complete) return;
  const limit = setTimeout(() => message.socket.destroy(), LINGER_MS);
  message.once('end', () => clearTimeout(limit)).once('close', () => clearTimeout(limit));
}

/** Any other `Upgrade` (h2c, say) is left out, and the request is an ordinary one. */
function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && headers['sec-websocket-version'] === '13';
}

function refusalOf(code: string | undefined): { readonly status: number; readonly reason?: ProtocolRefusal } {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, reason: 'head-too-large' };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, reason: 'head-too-slow' };
  return code?.startsWith('HPE_') ? { status: 400, reason: 'malformed' } : { status: 400 };
}
