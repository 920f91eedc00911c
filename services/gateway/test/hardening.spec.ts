import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw, headerOf, openSocket } from './visitor.ts';

let bench: Bench;
let app: Upstream;
const HOST = 'hello.localhost';

beforeAll(async () => {
  bench = await openBench({ WEIR_MAX_BODY_MIB: 1, WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS: 100_000 });
  app = await Upstream.open('hello', (message, response) => {
    if (message.method === 'PUT') message.resume().on('end', () => response.end('whole'));
    else response.end('hello');
  });
  await bench.route(HOST, anApp(), [anInstance(app)]);
});
afterAll(() => bench.stop());

const head = (...lines: string[]): string => [...lines, '', ''].join('\r\n');
const SMUGGLED = head('GET /smuggled HTTP/1.1', `Host: ${HOST}`);
const post = (...lines: string[]): string => head('POST /outer HTTP/1.1', `Host: ${HOST}`, ...lines);
const upgrade = (...lines: string[]): string => head('GET /outer HTTP/1.1', `Host: ${HOST}`, ...lines);

describe('a request that two readers would read differently', () => {
  it.each([
    ['both framings', post('Content-Length: 6', 'Transfer-Encoding: chunked') + '0\r\n\r\n'],
    ['both framings the other way round', post('Transfer-Encoding: chunked', 'Content-Length: 6') + '0\r\n\r\n'],
    ['identity, chunked', post('Transfer-Encoding: identity, chunked') + '0\r\n\r\n'],
    ['chunked twice', post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked') + '0\r\n\r\n'],
    ['chunked, then something', post('Transfer-Encoding: chunked, gzip') + '0\r\n\r\n'],
    ['an encoding with a tab', post('Transfer-Encoding:\tchunked\v') + '0\r\n\r\n'],
    ['an encoding behind a space', post('Transfer-Encoding : chunked') + '0\r\n\r\n'],
    ['two equal lengths', post('Content-Length: 0', 'Content-Length: 0')],
    ['two lengths', post('Content-Length: 0', 'Content-Length: 40')],
    ['a list of lengths', post('Content-Length: 0, 40')],
    ['a signed length', post('Content-Length: +0')],
    ['a length in hexadecimal', post('Content-Length: 0x0')],
    ['two hosts', post(`Host: ${HOST}`)],
    ['another host in the target', head(`GET http://console.localhost/ HTTP/1.1`, `Host: ${HOST}`)],
    ['a header on two lines', post('X-A: 1', ' Content-Length: 40')],
    ['bare line feeds', `POST /outer HTTP/1.1\nHost: ${HOST}\n\n`],
    ['a bare carriage return', post('X-A: 1\rContent-Length: 40')],
    ['a null in a header', post('X-A: \0')],
    ['a space in the target', head('GET /outer x HTTP/1.1', `Host: ${HOST}`)],
    ['a chunk that has no length', post('Transfer-Encoding: chunked') + 'x\r\n\r\n'],
    ['a chunk with a wrapped length', post('Transfer-Encoding: chunked') + '10000000000000000\r\n\r\n'],
    ['HTTP/0.9', 'GET /outer\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['h2c', upgrade('Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA')],
    ['WebSocket version 99', upgrade('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 99', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==')],
    ['an upgrade by POST', post('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Content-Length: 0')],
    ['an upgrade that the app refuses', upgrade('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: bad')],
  ])('(%s) is one request or none, and its connection carries nothing more', async (_, bytes) => {
    const before = app.seen.length + app.upgrades.length;
    const text = await askRaw(bench.port, bytes + SMUGGLED);
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(app.seen.map(({ url }) => url)).not.toContain('/smuggled');
    expect(app.seen.length + app.upgrades.length - before).toBeLessThan(2);
  });

  it('is taken for what it is when it is an ordinary one behind another', async () => {
    const text = await askRaw(bench.port, head('GET /one HTTP/1.1', `Host: ${HOST}`) + head('GET /two HTTP/1.1', `Host: ${HOST}`, 'Connection: close'));
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(app.seen.slice(-2).map(({ url }) => url)).toEqual(['/one', '/two']);
  });
});

describe('a client that sends many requests at once', () => {
  it('is hung up on, and takes no more of the app than a browser would', async () => {
    const held: (() => void)[] = [];
    const slow = await Upstream.open('slow', (_, response) => void held.push(() => response.end('done')));
    await bench.route('slow.localhost', anApp(), [anInstance(slow)]);
    const text = await askRaw(bench.port, head('GET / HTTP/1.1', 'Host: slow.localhost').repeat(200));
    expect(text).toBe('');
    expect(slow.seen.length).toBeLessThan(17);
    for (const finish of held) finish();
  });
});

describe('large headers', () => {
  it('of 60 KB reach the app, by request and by WebSocket', async () => {
    const big = 'x'.repeat(60_000);
    expect((await ask(bench.port, HOST, '/', { headers: { 'X-Big': big } })).status).toBe(200);
    expect(headerOf(app.seen.at(-1)!.rawHeaders, 'x-big')).toEqual([big]);
    const socket = await openSocket(bench.port, HOST, { headers: { Cookie: `big=${big}` } });
    expect(headerOf(app.upgrades.at(-1)!.rawHeaders, 'cookie')).toEqual([`big=${big}`]);
    socket.terminate();
  });
});

describe('an upload beyond the limit', () => {
  const limit = 2 ** 20;

  it('is 413 before the app hears of it when it says its size', async () => {
    const before = app.seen.length;
    const text = await askRaw(bench.port, head('PUT /x HTTP/1.1', `Host: ${HOST}`, `Content-Length: ${limit + 1}`, 'Connection: close'));
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(app.seen.length).toBe(before);
  });

  it('is 413 as soon as it has grown too large when it does not, and its connection ends', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const text = await askRaw(bench.port, head('PUT /x HTTP/1.1', `Host: ${HOST}`, 'Transfer-Encoding: chunked') + chunk.repeat(20));
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('is nothing to one of just that size', async () => {
    const text = await askRaw(bench.port, head('PUT /x HTTP/1.1', `Host: ${HOST}`, 'Transfer-Encoding: chunked', 'Connection: close') + `100000\r\n${'x'.repeat(limit)}\r\n0\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*whole/);
  });
});

describe('three hundred clients that never finish a header', () => {
  it('are 408 within twelve seconds and keep nobody waiting', { timeout: 40_000 }, async () => {
    const sockets: Socket[] = [];
    const answers = Array.from({ length: 300 }, () => new Promise<{ text: string; tookMs: number }>((resolve) => {
      const from = performance.now();
      let text = '';
      const socket = connect(bench.port, '127.0.0.1', () => socket.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `));
      sockets.push(socket);
      socket.on('data', (data) => (text += data.toString())).on('error', () => socket.destroy()).on('close', () => resolve({ text, tookMs: performance.now() - from }));
    }));
    const dribble = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write('x')), 1_000);
    const waits: number[] = [];
    let done = false;
    const others = (async () => {
      while (!done) {
        const from = performance.now();
        expect((await ask(bench.port, HOST)).status).toBe(200);
        waits.push(performance.now() - from);
      }
    })();
    const ended = await Promise.all(answers);
    done = true;
    await others;
    clearInterval(dribble);
    expect(ended.every(({ text }) => text.startsWith('HTTP/1.1 408 '))).toBe(true);
    expect(Math.max(...ended.map(({ tookMs }) => tookMs))).toBeLessThan(13_000);
    expect(Math.max(...waits)).toBeLessThan(1_000);
    await until(() => sockets.every(({ destroyed }) => destroyed));
  });
});
