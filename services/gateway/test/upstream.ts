import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What an upstream saw of a request. */
export interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly rawHeaders: string[];
}

type Handler = (message: IncomingMessage, response: ServerResponse) => void;

/** A tiny app: tells its name, remembers what it saw, echoes sockets. */
export class Upstream {
  readonly seen: Seen[] = [];
  readonly upgrades: Seen[] = [];
  readonly sockets = new Set<WebSocket>();
  /** Codes that sockets were closed with. */
  readonly closes: number[] = [];
  connections = 0;
  readonly #server: Server;
  readonly #raw = new Set<Socket>();

  private constructor(readonly name: string, handler: Handler | undefined) {
    this.#server = createServer({ keepAliveTimeout: 5_000, maxHeaderSize: 131_072 }, (message, response) => {
      this.seen.push({ method: message.method, url: message.url, rawHeaders: message.rawHeaders });
      if (handler) handler(message, response);
      else response.end(this.name);
    });
    this.#server.on('connection', (socket) => {
      this.connections += 1;
      this.#raw.add(socket);
      socket.once('close', () => this.#raw.delete(socket));
    });
    const sockets = new WebSocketServer({ server: this.#server, maxPayload: 0, handleProtocols: (offered) => [...offered][0] ?? false });
    sockets.on('connection', (socket, message) => {
      this.upgrades.push({ method: message.method, url: message.url, rawHeaders: message.rawHeaders });
      this.sockets.add(socket);
      socket.on('message', (data, binary) => socket.send(data, { binary }));
      socket.on('close', (code) => {
        this.closes.push(code);
        this.sockets.delete(socket);
      });
      socket.on('error', () => socket.terminate());
    });
  }

  static async open(name: string, handler?: Handler): Promise<Upstream> {
    const upstream = new Upstream(name, handler);
    await new Promise<void>((resolve) => upstream.#server.listen(0, '127.0.0.1', resolve));
    return upstream;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As a killed container: every connection resets. */
  async kill(): Promise<void> {
    for (const socket of this.#raw) socket.resetAndDestroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Reads a body to its end. @returns how many bytes, and their digest */
export async function digest(stream: AsyncIterable<Buffer>): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest('hex') };
}
