import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw, cookieOf, type Answer } from './visitor.ts';

let bench: Bench;
let app: Upstream;
let other: Upstream;
const HOST = 'hello.localhost';
const SCRIPT = 'export const answer = 42; // again and again\n'.repeat(2_000);
const PATH = '/static/js/index.8f2c.js';
const KEPT: readonly string[] = ['Content-Type', 'text/javascript; charset=utf-8', 'Cache-Control', 'public, immutable, max-age=31536000', 'ETag', '"abc"'];
let cookie = '';

const serve = (body: string): Parameters<typeof Upstream.open>[1] => (message, response) => {
  const headers = message.url === '/static/private.js' ? ['Cache-Control', 'private, immutable'] : message.url === '/static/fresh.js' ? ['Cache-Control', 'no-cache'] : message.url === '/static/own.js' ? [...KEPT, 'Set-Cookie', 'a=1'] : [...KEPT];
  if (message.headers.range !== undefined) return void response.writeHead(206, ['Content-Range', 'bytes 0-1/9', 'Content-Length', '2']).end('ex');
  response.writeHead(200, [...headers, 'Content-Length', String(body.length)]).end(body);
};

beforeAll(async () => {
  bench = await openBench();
  [app, other] = [await Upstream.open('app', serve(SCRIPT)), await Upstream.open('other', serve(SCRIPT.toUpperCase()))];
  await bench.route(HOST, anApp(), [anInstance(app)]);
  await bench.route('other.localhost', anApp(), [anInstance(other)]);
  cookie = cookieOf(await ask(bench.port, HOST, '/'));
});
afterAll(() => bench.stop());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET', host = HOST): Promise<Answer> => ask(bench.port, host, path, { method, headers: { 'Accept-Encoding': 'gzip, deflate, br, zstd', Cookie: cookie, ...headers } });

/** Asks until the answer comes out of the gateway's memory. */
async function kept(path: string): Promise<void> {
  let isKept = false;
  while (!isKept) isKept = (await get(path)).headers['content-encoding'] === 'br';
}

describe('a hashed asset of Streamlit', () => {
  it('is asked of the app once, and given to each browser in a coding that it takes', async () => {
    await kept(PATH);
    const asked = app.seen.length;
    const [br, gzip] = [await get(PATH), await get(PATH, { 'Accept-Encoding': 'gzip, br;q=0' })];
    expect([br.headers['content-encoding'], brotliDecompressSync(br.body).toString()]).toEqual(['br', SCRIPT]);
    expect([gzip.headers['content-encoding'], gunzipSync(gzip.body).toString()]).toEqual(['gzip', SCRIPT]);
    for (const { headers } of [br, gzip]) expect(headers).toMatchObject({ vary: 'Accept-Encoding', etag: 'W/"abc"', 'cache-control': 'public, immutable, max-age=31536000', 'content-type': 'text/javascript; charset=utf-8' });
    expect(app.seen).toHaveLength(asked);
  });

  it('is there for HEAD, unchanged for who has it, and left to the app where a part or plain bytes are asked for', async () => {
    await kept(PATH);
    const asked = app.seen.length;
    const head = await get(PATH, {}, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-encoding']]).toEqual([200, 0, 'br']);
    const [same, changed] = [await get(PATH, { 'If-None-Match': '"x", W/"abc"' }), await get(PATH, { 'If-None-Match': '"x"' })];
    expect([same.status, same.body.length, same.headers.etag, changed.status]).toEqual([304, 0, 'W/"abc"', 200]);
    expect(app.seen).toHaveLength(asked);
    expect([(await get(PATH, { Range: 'bytes=0-1' })).text, (await get(PATH, { 'Accept-Encoding': 'identity' })).text]).toEqual(['ex', SCRIPT]);
    expect(app.seen).toHaveLength(asked + 2);
  });

  it('is never another release\'s, though it has the same name', async () => {
    await kept(PATH);
    const answer = await get(PATH, { 'Accept-Encoding': 'identity' }, 'GET', 'other.localhost');
    expect(answer.text).toBe(SCRIPT.toUpperCase());
    await until(() => other.seen.length > 0);
  });

  it('binds a browser that is not bound yet, and lets the connection go on or end as it wishes', async () => {
    await kept(PATH);
    const line = `GET ${PATH} HTTP/1.1\r\nHost: ${HOST}\r\nAccept-Encoding: br\r\n`;
    const text = await askRaw(bench.port, `${line}\r\n${line}Connection: close\r\n\r\n`);
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(text.match(/Set-Cookie: weir_affinity=/g)).toHaveLength(2);
  });
});

describe('what is no such asset', () => {
  it.each(['/static/fresh.js', '/static/private.js', '/static/own.js', '/static/js/a.js?v=1', '/media/a.js', '/'])('%s is asked of the app each time', async (path) => {
    const asked = app.seen.length;
    for (let i = 0; i < 3; i++) expect((await get(path)).headers['content-encoding']).toBeUndefined();
    expect(app.seen).toHaveLength(asked + 3);
  });
});
