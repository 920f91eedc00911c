import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { pipeline, type Duplex } from 'node:stream';
import type { Destination, EgressDecision, EgressPolicy } from './egress-policy.ts';

export interface EgressLimits {
  /** Bytes from outside, over all connections. */
  readonly maxBytes: number;
  readonly maxConnections: number;
  readonly connectMs: number;
  readonly idleMs: number;
}

export const EGRESS_LIMITS: EgressLimits = { maxBytes: 8 * 2 ** 30, maxConnections: 256, connectMs: 15_000, idleMs: 60_000 };

/** Of destinations that a sandbox may not reach: a program that tries all there are is not told of each. */
const MOST_TOLD = 50;
/** Destinations that are judged at once. Each may be a name that is slow to resolve, and all builds share the few threads that resolve. */
const MOST_JUDGED = 16;
/** Between two ends of one connection (RFC 9110, 7.6.1); passed on, Node throws at some of them. */
const HOP_BY_HOP = new Set(['connection', 'expect', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

interface EgressProxyOptions {
  /** A unix socket; one proxy serves one sandbox. */
  readonly path: string;
  readonly policy: EgressPolicy;
  /** Told of each destination that was refused, or could not be reached, once, and of so many only. */
  readonly onDenied: (destination: string, why: string) => void;
  readonly limits?: EgressLimits;
}

/** A sandbox's only way out: an HTTP proxy (absolute-form requests, CONNECT) that asks a policy first. */
export class EgressProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #told = new Set<string>();
  readonly #judging = new Map<string, Promise<EgressDecision>>();
  readonly #limits: EgressLimits;
  #bytes = 0;

  constructor(private readonly options: EgressProxyOptions) {
    this.#limits = options.limits ?? EGRESS_LIMITS;
    this.#server = createServer({ maxHeaderSize: 16_384, headersTimeout: 10_000, requestTimeout: 0, connectionsCheckingInterval: 2000 });
    this.#server.maxConnections = this.#limits.maxConnections;
    this.#server.on('connection', (socket) => this.#hold(socket));
    this.#server.on('connect', (req: IncomingMessage, socket: Duplex, head: Buffer) => void this.#tunnel(req, socket as Socket, head));
    this.#server.on('request', (req, res) => void this.#forward(req, res));
  }

  async listen(): Promise<void> {
    await mkdir(dirname(this.options.path), { recursive: true });
    await rm(this.options.path, { force: true });
    await new Promise<void>((resolve, reject) => this.#server.once('error', reject).listen(this.options.path, resolve));
    await chmod(this.options.path, 0o666); // the sandbox's uid is another; only its mount leads here
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #hold(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
  }

  #deny(name: string, why: string): void {
    if (this.#told.has(name) || this.#told.size >= MOST_TOLD) return;
    this.#told.add(name);
    this.options.onDenied(name, why);
  }

  /** One answer for all who ask at once. */
  #decide(name: string, destination: Destination): Promise<EgressDecision> {
    const key = `${name} ${destination.tls}`;
    const asked = this.#judging.get(key);
    if (asked) return asked;
    if (this.#judging.size >= MOST_JUDGED) return Promise.resolve({ allowed: false, why: 'too many names are looked up at once' });
    const decision = this.options.policy.decide(destination).finally(() => this.#judging.delete(key));
    this.#judging.set(key, decision);
    return decision;
  }

  async #dial(destination: Destination): Promise<Socket | { status: number; why: string }> {
    const name = `${destination.host}:${destination.port}`;
    try {
      const decision = await this.#decide(name, destination);
      if (!decision.allowed) {
        this.#deny(name, decision.why);
        return { status: 403, why: decision.why };
      }
      const socket = connect({ host: decision.address, port: destination.port, timeout: this.#limits.connectMs });
      this.#hold(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('error', reject).once('timeout', () => reject(new Error('it did not answer in time')));
      });
      socket.setTimeout(this.#limits.idleMs, () => socket.destroy()).setNoDelay(true);
      socket.on('data', (chunk: Buffer) => this.#count(chunk.length, name));
      return socket;
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      this.#deny(name, `it cannot be reached (${why})`);
      return { status: 502, why };
    }
  }

  #count(bytes: number, name: string): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#limits.maxBytes) return;
    this.#deny(name, `more than ${this.#limits.maxBytes} bytes were fetched`);
    for (const socket of this.#sockets) socket.destroy();
  }

  async #tunnel(req: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]{1,253}):(\d{1,5})$/i.exec(req.url ?? '');
    if (!match?.[1] || !match[2]) return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    const upstream = await this.#dial({ host: match[1], port: Number(match[2]), tls: true });
    if ('status' in upstream) return void client.end(`HTTP/1.1 ${upstream.status} Refused\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${upstream.why}\n`);
    if (client.destroyed) return void upstream.destroy();
    client.setTimeout(this.#limits.idleMs, () => client.destroy());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) upstream.write(head);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    pipeline(client, upstream, (error) => error && end());
    pipeline(upstream, client, (error) => error && end());
  }

  async #forward(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = URL.parse(req.url ?? '');
    if (!url || url.protocol !== 'http:') return void res.writeHead(400).end();
    const socket = await this.#dial({ host: url.hostname, port: Number(url.port || 80), tls: false });
    if ('status' in socket) return void res.writeHead(socket.status, { 'content-type': 'text/plain' }).end(`${socket.why}\n`);
    const chunked = req.headers['transfer-encoding'] !== undefined && { 'transfer-encoding': 'chunked' };
    const upstream = request({ method: req.method ?? 'GET', path: `${url.pathname}${url.search}`, headers: { ...endToEnd(req.headers), ...chunked, host: url.host, connection: 'close' }, createConnection: () => socket });
    upstream.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      pipeline(answer, res, (error) => error && res.destroy());
    });
    upstream.on('error', () => (res.headersSent ? res.destroy() : res.writeHead(502).end()));
    req.pipe(upstream);
  }
}

const endToEnd = (headers: IncomingHttpHeaders): IncomingHttpHeaders => Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
