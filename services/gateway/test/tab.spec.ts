import { Script } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RouteInstance } from '@weir/contracts';
import type { AppId } from '@weir/domain';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw, closeOf, cookieOf, DOCUMENT, headerOf, openSocket, type Answer } from './visitor.ts';

const HOST = 'hello.localhost';
const PAGE = '<!doctype html><html><head><title>x</title></head></html>';
let bench: Bench;
let app: AppId;
let old: Upstream;
let fresh: Upstream;
let first: RouteInstance;
let second: RouteInstance;

/** As Streamlit: its document is served for any path that it does not know. */
const streamlit = (name: string): Promise<Upstream> =>
  Upstream.open(name, (message, response) => {
    const path = message.url ?? '';
    if (path === '/media/both' || path === `/media/${name}` || path.startsWith('/_stcore/')) return void response.end(name);
    if (path.startsWith('/media/') || path.startsWith('/component/')) return void response.writeHead(404).end('gone');
    if (path === '/plain') return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>no head</p>');
    if (path === '/coded') return void response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'br' }).end('coded');
    if (path === '/chunked') {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      return void response.write('<html><he', () => response.end(`ad>${'x'.repeat(100_000)}`));
    }
    if (message.headers['if-none-match'] === '"page"') return void response.writeHead(304, { ETag: '"page"' }).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': PAGE.length, ETag: '"page"', 'Last-Modified': 'x', 'X-Name': name });
    response.end(message.method === 'HEAD' ? undefined : PAGE);
  });

const open = (path = '/', headers: Record<string, string> = {}): Promise<Answer> => ask(bench.port, HOST, path, { headers: { ...DOCUMENT, ...headers } });
const tabOf = ({ text }: Answer): { script: string; tab: string; release: string } => {
  const [, script = '', tab = '', release = ''] = /<head><script src="([^"]+)" data-tab="([^"]+)" data-release="([^"]+)"><\/script>/.exec(text) ?? [];
  return { script, tab, release };
};
const state = async (tab: string, Cookie = ''): Promise<unknown> => JSON.parse((await ask(bench.port, HOST, '/_weir/tab', { headers: { 'X-Weir-Tab': tab, Cookie } })).text);

beforeEach(async () => {
  bench = await openBench();
  app = anApp();
  [old, fresh] = [await streamlit('old'), await streamlit('fresh')];
  [first, second] = [anInstance(old), anInstance(fresh)];
  await bench.route(HOST, app, [first]);
});
afterEach(() => bench.stop());

describe('a document of a Streamlit app', () => {
  it('begins with our script, which knows the tab\'s binding, and is whole', async () => {
    const page = await open();
    const { script, release } = tabOf(page);
    expect(page.text.replace(/<script.*<\/script>/, '')).toBe(PAGE);
    expect(Number(page.headers['content-length'])).toBe(page.body.length);
    expect([release, page.headers['cache-control'], page.headers['last-modified']]).toEqual([first.release, 'private, no-cache', undefined]);
    expect(headerOf(old.seen.at(-1)!.rawHeaders, 'accept-encoding')).toEqual([]);

    const source = await ask(bench.port, HOST, script);
    expect(source.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' });
    expect(() => new Script(source.text)).not.toThrow();
    expect((await ask(bench.port, HOST, '/_weir/tab.js?v=other')).headers['cache-control']).toBe('no-cache');
  });

  it('is not sent again to whom has it, and is to whom has it of another instance', async () => {
    const page = await open();
    const [Cookie, tag = ''] = [cookieOf(page), page.headers.etag];
    const known = await open('/', { Cookie, 'If-None-Match': tag });
    expect([known.status, known.headers.etag, known.text]).toEqual([304, tag, '']);
    expect((await open('/', { Cookie, 'If-None-Match': '"page"' })).status).toBe(200);
    await bench.route(HOST, app, [{ ...first, attempt: 2 }]);
    expect((await open('/', { Cookie, 'If-None-Match': tag })).status).toBe(200);
  });

  it('has a head without a length where nobody asks for more', async () => {
    const head = await ask(bench.port, HOST, '/', { method: 'HEAD', headers: DOCUMENT });
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', undefined]);
  });

  it('may come in pieces, have no head or be coded: then it stays as it is', async () => {
    const chunked = await open('/chunked');
    expect(tabOf(chunked).release).toBe(first.release);
    expect(chunked.text.endsWith('x'.repeat(100_000))).toBe(true);
    expect((await open('/plain')).text).toBe('<p>no head</p>');
    expect((await open('/coded')).text).toBe('coded');
  });

  it('is one only if it is a page: what a frame loads as a part of one stays as it is, and where it was', async () => {
    const Cookie = cookieOf(await open());
    await bench.route(HOST, app, [{ ...first, state: 'draining' }, second]);
    const part = await open('/media/old', { Cookie, 'Sec-Fetch-Dest': 'iframe' });
    expect([part.text, cookieOf(part)]).toEqual(['old', '']);
  });

  it('of another framework is not touched', async () => {
    await bench.route('dash.localhost', anApp(), [anInstance(old)], 'live', { name: 'dash', version: null });
    expect((await ask(bench.port, 'dash.localhost', '/', { headers: DOCUMENT })).text).toBe(PAGE);
  });
});

describe('a tab that was opened before a new release', () => {
  it('keeps its instance after another tab of its browser got the new one', async () => {
    const page = await open();
    const { tab } = tabOf(page);
    await bench.route(HOST, app, [{ ...first, state: 'draining' }, second]);
    const reopened = await open('/', { Cookie: cookieOf(page) });
    const Cookie = cookieOf(reopened);
    expect(reopened.headers['x-name']).toBe('fresh');

    const socket = await openSocket(bench.port, HOST, { path: `/_stcore/stream?a=1&_weir_tab=${tab}`, headers: { Cookie } });
    expect(old.upgrades.at(-1)?.url).toBe('/_stcore/stream?a=1');
    const upload = await ask(bench.port, HOST, '/_stcore/upload_file/s/f', { method: 'PUT', headers: { Cookie, 'X-Weir-Tab': tab }, body: 'x' });
    expect([upload.text, cookieOf(upload)]).toEqual(['old', '']);
    expect(old.seen.at(-1)!.rawHeaders.join(' ')).not.toMatch(/weir/i);
    expect((await ask(bench.port, HOST, '/_stcore/health', { headers: { Cookie } })).text).toBe('fresh');
    expect(await state(tab, Cookie)).toEqual({ state: 'serving', tab, release: first.release });
    socket.terminate();
  });

  it('finds its media and assets, which say nothing of the tab, where they are', async () => {
    const page = await open();
    await bench.route(HOST, app, [{ ...first, state: 'draining' }, second]);
    const Cookie = cookieOf(await open('/', { Cookie: cookieOf(page) }));
    const get = async (path: string): Promise<string> => (await ask(bench.port, HOST, path, { headers: { Cookie } })).text;
    expect([await get('/media/both'), await get('/media/old'), await get('/media/fresh'), await get('/media/none')]).toEqual(['fresh', 'old', 'fresh', 'gone']);
    const before = fresh.seen.length;
    expect(await get('/static/js/x.js')).not.toBe(PAGE);
    expect([fresh.seen.length - before, old.seen.at(-1)?.url]).toEqual([1, '/static/js/x.js']);
  });

  it('learns what it is bound to now: the same, another process, another release, or nobody', async () => {
    const page = await open();
    const { tab } = tabOf(page);
    expect(await state(tab)).toEqual({ state: 'serving', tab, release: first.release });
    await bench.route(HOST, app, [{ ...first, attempt: 2 }]);
    expect(await state(tab)).toEqual({ state: 'serving', tab: expect.not.stringMatching(tab), release: first.release });
    await bench.route(HOST, app, [second]);
    expect(await state(tab)).toMatchObject({ state: 'serving', release: second.release });
    await bench.route(HOST, app, [], 'asleep');
    expect(await state(tab)).toEqual({ state: 'asleep' });
    await bench.route(HOST, app, [], 'crashed');
    expect(await state(tab)).toEqual({ state: 'none' });
    expect(bench.controlPlane.woken).toEqual([]);
  });
});

describe('a browser whose instance is gone or was restarted', () => {
  it('is bound once, by a request or by its socket', async () => {
    const Cookie = cookieOf(await open());
    await bench.route(HOST, app, [{ ...first, attempt: 2 }, { ...second, release: first.release }]);
    const health = await ask(bench.port, HOST, '/_stcore/health', { headers: { Cookie } });
    expect(cookieOf(health)).not.toBe('');
    expect(cookieOf(await ask(bench.port, HOST, '/_stcore/health', { headers: { Cookie: cookieOf(health) } }))).toBe('');
    const upgrade = await askRaw(bench.port, `GET /_stcore/stream HTTP/1.1\r\nHost: ${HOST}\r\nCookie: ${Cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\u0088\u0080\u0000\u0000\u0000\u0000`);
    expect(upgrade).toMatch(/^HTTP\/1\.1 101 [^]*Set-Cookie: weir_affinity=ins_/i);
  });
});

describe('a browser whose newest instance is gone while an older one still drains', () => {
  it('is bound to what serves, not to the older one', async () => {
    const Opened = cookieOf(await open());
    await bench.route(HOST, app, [{ ...first, state: 'draining' }, second]);
    const Cookie = cookieOf(await open('/', { Cookie: Opened }));
    const third = anInstance(await streamlit('third'));
    await bench.route(HOST, app, [{ ...first, state: 'draining' }, { ...third, release: second.release }]);
    expect((await ask(bench.port, HOST, '/_stcore/health', { headers: { Cookie } })).text).toBe('third');
  });
});

describe('a socket whose instance leaves the routes', () => {
  it('is closed with 1012, while others and requests in flight are not', async () => {
    let finish = (): void => undefined;
    const slow = await Upstream.open('slow', (_, response) => {
      response.write('half ');
      finish = () => response.end('done');
    });
    const leaving = anInstance(slow);
    await bench.route(HOST, app, [leaving]);
    const socket = await openSocket(bench.port, HOST);
    const request = ask(bench.port, HOST, '/media/x');
    await until(() => slow.seen.length === 1);
    await bench.route(HOST, app, [{ ...leaving, state: 'draining' }, second]);
    const other = await openSocket(bench.port, HOST);
    const code = closeOf(socket);
    await bench.route(HOST, app, [second]);
    expect(await code).toBe(1012);
    expect(other.readyState).toBe(other.OPEN);
    finish();
    expect((await request).text).toBe('half done');
    other.terminate();
  });
});

describe('what the gateway serves on an app\'s host', () => {
  it('never reaches the app, whatever it is', async () => {
    const before = old.seen.length;
    for (const path of ['/_weir', '/_weir/', '/_weir/x', '/%5fweir/tab.js/x', '//_weir/x', '/_weir/tab/../x']) expect([path, (await ask(bench.port, HOST, path)).status]).toEqual([path, 404]);
    expect((await ask(bench.port, HOST, '/_weir/tab', { method: 'POST' })).status).toBe(404);
    expect((await ask(bench.port, HOST, '/_weir/tab.js', { headers: { 'Service-Worker': 'script' } })).status).toBe(404);
    await expect(openSocket(bench.port, HOST, { path: '/_weir/tab' })).rejects.toThrow('404');
    expect(old.seen.length).toBe(before);
  });

  it('lets only the app\'s own origin tell its page what to do', async () => {
    const config = await ask(bench.port, `${HOST}:8080`, '/_stcore/host-config');
    expect(JSON.parse(config.text)).toMatchObject({ allowedOrigins: [`http://${HOST}:8080`], useExternalAuthToken: false, enableCustomParentMessages: false });
    expect(config.headers['cache-control']).toBe('no-store');
    expect(old.seen.map(({ url }) => url)).not.toContain('/_stcore/host-config');
  });
});

