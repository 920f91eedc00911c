import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { askRaw, closeOf, openSocket } from './visitor.ts';

let bench: Bench;
let server: Server;
const HOST = 'hostile.localhost';
/** What the app does with a connection once a head has come. */
let answer: (socket: Socket, head: string) => void;

beforeAll(async () => {
  bench = await openBench();
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (chunk) => answer(socket, chunk.toString('latin1')));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await route();
});
afterAll(async () => {
  await bench.stop();
  server.close();
});

const route = (): Promise<void> => bench.route(HOST, anApp(), [anInstance({ address: `127.0.0.1:${(server.address() as AddressInfo).port}` })]);
const head = (...lines: string[]): string => [...lines, '', ''].join('\r\n');
const UPGRADE = head('GET /_stcore/stream HTTP/1.1', `Host: ${HOST}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==');
/** Plain ones are read by the strict reader, those with a chunked body by node:http. */
const REQUESTS = [
  ['the strict reader', head('GET / HTTP/1.1', `Host: ${HOST}`, 'Connection: close')],
  ['node:http', head('POST / HTTP/1.1', `Host: ${HOST}`, 'Connection: close', 'Transfer-Encoding: chunked') + '0\r\n\r\n'],
] as const;

describe.each(REQUESTS)('an answer that no browser would read the same, by %s,', (_, request) => {
  it.each(['HTTP/1.1 099 Low', 'HTTP/1.1 000 None', 'HTTP/1.1 600 High', 'HTTP/1.1 200 O\u0001K', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x'])('%j is 502', async (line) => {
    answer = (socket) => socket.end(head(line, 'Content-Length: 0'), 'latin1');
    expect(await askRaw(bench.port, request)).toMatch(/^HTTP\/1\.1 502 /);
  });
});

describe('an app that answers a handshake with news before its answer', () => {
  it.each(['100 Continue', '103 Early Hints'])('(%s) says nothing past the gateway', async (news) => {
    answer = (socket) => {
      socket.write(head(`HTTP/1.1 ${news}`, 'Link: </a>') + head('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket', 'Set-Cookie: weir_affinity=mine', 'Set-Cookie: a=1; Domain=.localhost') + 'hi');
      setImmediate(() => socket.end());
    };
    const text = await askRaw(bench.port, UPGRADE);
    expect(text).toMatch(/^HTTP\/1\.1 101 [^]*Set-Cookie: a=1\r\n[^]*hi$/);
    expect(text).not.toMatch(/weir_affinity=mine|Domain|Link/);
  });
});

describe('an app that pours into a handshake that it refused', () => {
  it('is read no faster than the visitor takes it', async () => {
    let [taken, isFull] = [0, false];
    answer = (socket) => {
      socket.write(head('HTTP/1.1 200 OK', 'Connection: close'));
      const pour = (): void => {
        while (taken < 256 * 2 ** 20 && socket.writableLength === 0) {
          socket.write(Buffer.alloc(2 ** 20));
          taken += 2 ** 20;
        }
        isFull = true;
      };
      socket.on('drain', pour);
      pour();
    };
    const visitor = connect(bench.port, '127.0.0.1', () => visitor.write(UPGRADE));
    visitor.on('error', () => visitor.destroy()).once('data', () => visitor.pause());
    await until(() => visitor.isPaused() && isFull);
    // Another whole visit later, the app would have poured all of it.
    for (let i = 0; i < 20; i++) await askRaw(bench.port, head('GET / HTTP/1.1', 'Host: none.localhost', 'Connection: close'));
    expect(taken).toBeLessThan(64 * 2 ** 20);
    visitor.destroy();
  });
});

describe('a WebSocket that opens when its instance has left the routes', () => {
  it('is closed with 1012 like those that were open', async () => {
    const app = await Upstream.open('slow');
    let go: (() => void) | undefined;
    answer = (socket, text) => {
      const [, port = ''] = app.address.split(':');
      const through = connect(Number(port), '127.0.0.1', () => (go = () => through.write(text)));
      through.pipe(socket).pipe(through).on('error', () => through.destroy());
    };
    const opening = openSocket(bench.port, HOST);
    await until(() => go !== undefined);
    await route();
    go?.();
    const socket = await opening;
    expect(await closeOf(socket)).toBe(1012);
  });
});
