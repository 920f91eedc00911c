import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createLogger } from '@weir/telemetry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppSeries } from '../src/admin/app-series.ts';
import { Metrics } from '../src/admin/metrics.ts';
import { AssetCache } from '../src/assets/asset-cache.ts';
import { Shells } from '../src/assets/shells.ts';
import { acceptChannels } from '../src/door/accept-channels.ts';
import { AddressLimits } from '../src/door/address-limits.ts';
import { HttpHandler } from '../src/door/http-handler.ts';
import { HttpServer, type ProtocolRefusal } from '../src/door/http-server.ts';
import { StrictHandler } from '../src/door/strict-handler.ts';
import { StrictServer } from '../src/door/strict-server.ts';
import { Traffic } from '../src/door/traffic.ts';
import { TrustedProxies } from '../src/door/trusted-proxies.ts';
import { exchangeOf } from '../src/exchange-of.ts';
import { InstancePool } from '../src/instances/instance-pool.ts';
import { Turnstile } from '../src/instances/turnstile.ts';
import type { Visit } from '../src/request/visit.ts';
import type { Resolution } from '../src/resolution.ts';
import { parseAddress } from '../src/transport/address.ts';
import type { Channel } from '../src/transport/channel.ts';
import { Proxy } from '../src/transport/proxy.ts';
import { until } from './bench.ts';
import { Upstream } from './upstream.ts';

const HOST = 'hello.localhost';
const MINUTE = 60;

/** The servers behind the door, whose seconds pass when told. */
class Servers {
  readonly metrics = new Metrics();
  /** The newest that node:http has read. */
  message: IncomingMessage | undefined;
  channel: Channel | undefined;
  readonly #strict: StrictServer;
  readonly #node: HttpServer;
  readonly #listening: Server;
  readonly #proxy: Proxy;

  private constructor(app: Upstream, reader: 'strict' | 'node') {
    const log = createLogger({ process: 'gateway', level: 'silent' });
    const { metrics } = this;
    const proxies = new TrustedProxies([]);
    const shells = new Shells(log);
    const resolver = { resolve: (visit: Visit): Resolution => ({ kind: 'forward', exchange: exchangeOf(visit, 'app', parseAddress(app.address)), destination: undefined }) };
    const pool = new InstancePool();
    const traffic = new Traffic({ pool, turnstile: new Turnstile(), series: new AppSeries(0), metrics, lines: log, addresses: new AddressLimits({ open: 100 }), appOpen: 100, appsOpen: 100 });
    this.#proxy = new Proxy(2 ** 30, shells);
    const refused = (reason: ProtocolRefusal): void => metrics.refused.add(reason);
    const upgrade = (): void => undefined;
    const http = new HttpHandler({ resolver, pool, proxies, traffic, proxy: this.#proxy, shells, malformed: () => undefined, log });
    this.#node = new HttpServer({ request: (message, ...rest) => http.request((this.message = message), ...rest), upgrade, refused });
    this.#strict = new StrictServer({ request: new StrictHandler({ resolver, pool, proxies, traffic, maxBodyBytes: 2 ** 30, log }).request, upgrade, assets: new AssetCache(log), shells, refused }, this.#node);
    this.#listening = createServer({ allowHalfOpen: true });
    this.serve = (channel) => {
      this.channel = channel;
      channel.resume();
      (reader === 'strict' ? this.#strict : this.#node).serve(channel, { address: '127.0.0.1', scheme: 'http' }, Buffer.alloc(0));
    };
  }

  private readonly serve: (channel: Channel) => void;

  static async open(app: Upstream, reader: 'strict' | 'node'): Promise<Servers> {
    const servers = new Servers(app, reader);
    servers.#listening.listen(0, '127.0.0.1');
    await once(servers.#listening, 'listening');
    acceptChannels(servers.#listening, servers.serve);
    return servers;
  }

  get port(): number {
    return (this.#listening.address() as AddressInfo).port;
  }

  get inFlight(): number {
    return this.#strict.inFlight;
  }

  pass(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      this.#strict.sweep();
      this.#node.sweep();
    }
  }

  async tooSlow(): Promise<number> {
    return Number(/refused_total\{reason="body-too-slow"\} (\d+)/.exec(await this.metrics.registry.metrics())?.[1] ?? 0);
  }

  close(): void {
    this.#listening.close();
    this.#strict.close();
    this.#proxy.close();
  }
}

describe.each(['strict', 'node'] as const)('a request body, read by %s', (reader) => {
  let app: Upstream;
  let servers: Servers;
  let bytes = 0;
  let ended: 'whole' | 'cut' | undefined;
  /** Lets the app of `/later` read. */
  let read: () => void;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    [bytes, ended] = [0, undefined];
    app = await Upstream.open('hello', (message, response) => {
      if (message.method === 'GET') return;
      if (message.url === '/early') response.write('begun');
      message.on('data', (chunk: Buffer) => (bytes += chunk.length)).on('end', () => response.end('whole'));
      message.on('error', () => undefined).once('close', () => (ended = message.complete ? 'whole' : 'cut'));
      if (message.url === '/later') message.pause();
      read = () => message.resume();
    });
    servers = await Servers.open(app, reader);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    servers.close();
    await app.kill();
  });

  function say(text: string): { readonly socket: Socket; readonly answer: () => string; readonly isClosed: () => boolean } {
    let [answer, isClosed] = ['', false];
    const socket = connect(servers.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => (answer += data.toString())).on('error', () => socket.destroy()).on('close', () => (isClosed = true));
    sockets.push(socket);
    return { socket, answer: () => answer, isClosed: () => isClosed };
  }

  /** node:http sends no head before a body's first byte. */
  const isUnderWay = (): boolean => servers.inFlight === 1 && (reader === 'node' || app.seen.length === 1);
  const post = (path: string, framing: string): string => `POST ${path} HTTP/1.1\r\nHost: ${HOST}\r\n${framing}\r\n\r\n`;

  it.each([
    ['none of which comes', post('/', 'Content-Length: 9'), 0],
    ['that stops', `${post('/', 'Content-Length: 9')}abc`, 3],
    ['in chunks that stops', `${post('/', 'Transfer-Encoding: chunked')}3\r\nabc\r\n`, 3],
  ])('%s is given up after a minute, with its connection and the app\'s', async (_, text, come) => {
    const { answer, isClosed } = say(text);
    await until(() => isUnderWay() && bytes === come);
    servers.pass(MINUTE);
    expect([await servers.tooSlow(), servers.inFlight, ended]).toEqual([0, 1, undefined]);
    servers.pass(1);
    await until(isClosed);
    expect(answer()).toMatch(/^HTTP\/1\.1 408 [^]*Connection: close\r\n[^]*\r\n\r\n$/);
    await until(() => servers.inFlight === 0 && (ended === 'cut' || app.seen.length === 0));
    expect(await servers.tooSlow()).toBe(1);
  });

  it('that comes slowly but steadily arrives', async () => {
    const { socket, answer } = say(post('/', 'Content-Length: 4'));
    for (let sent = 0; sent < 4; sent++) {
      await until(() => isUnderWay() && bytes === sent);
      servers.pass(MINUTE);
      socket.write('x');
    }
    await until(() => answer().endsWith('whole'));
    expect([ended, await servers.tooSlow()]).toEqual(['whole', 0]);
  });

  it('that its app does not take is no fault of its client', async () => {
    const body = 64 * 2 ** 20;
    const { socket, answer } = say(post('/later', `Content-Length: ${body}`));
    await until(isUnderWay);
    socket.write(Buffer.alloc(body));
    await until(() => app.seen.length === 1 && (reader === 'strict' ? servers.channel?.socket : servers.message)?.isPaused() === true);
    servers.pass(10 * MINUTE);
    read();
    await until(() => answer().endsWith('whole'));
    expect([bytes, ended, await servers.tooSlow()]).toEqual([body, 'whole', 0]);
  });

  it('that stops when its answer has begun is cut off, and told nothing that would pass for more of it', async () => {
    const { answer, isClosed } = say(`${post('/early', 'Content-Length: 9')}a`);
    await until(() => answer().includes('begun'));
    servers.pass(MINUTE + 1);
    await until(isClosed);
    expect(answer()).not.toMatch(/408|\r\n0\r\n\r\n$/);
    await until(() => ended === 'cut' && servers.inFlight === 0);
    expect(await servers.tooSlow()).toBe(1);
  });

  it('that stops behind a request that is not answered yet is told nothing that would pass for its answer', async () => {
    const { answer, isClosed } = say(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n${post('/', 'Content-Length: 9')}`);
    await until(() => app.seen.length === 1 && servers.inFlight === (reader === 'strict' ? 1 : 2));
    servers.pass(MINUTE + 1);
    if (reader === 'node') await until(isClosed);
    expect([answer(), await servers.tooSlow()]).toEqual(['', reader === 'node' ? 1 : 0]); // the strict reader has not begun it
  });
});
