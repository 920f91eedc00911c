import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, cookieOf, DOCUMENT, headerOf, type Answer } from './visitor.ts';

const HOST = 'hello.localhost';
const PAGE = `<html><head><title>App</title></head>${'<p>shell</p>'.repeat(50)}</html>`;
const SHELL = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache', ETag: '"page"', Date: 'Thu, 26 Nov 2026 12:00:00 GMT', Vary: 'Accept-Encoding' };

let bench: Bench;
let app: Upstream;
/** What the app says of its page besides, to a visitor with such cookies. */
let more: (cookie: string | undefined) => Record<string, string>;
let page = PAGE;

beforeAll(async () => {
  bench = await openBench();
  app = await Upstream.open('app', (message, response) => response.writeHead(200, { ...SHELL, 'Content-Length': String(page.length), ...more(message.headers.cookie) }).end(page));
});
afterAll(() => bench.stop());
beforeEach(async () => {
  [more, page] = [() => ({}), PAGE];
  await bench.route(HOST, anApp(), [anInstance(app)]);
  app.seen.length = 0;
});

const open = (path = '/', headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> => ask(bench.port, HOST, path, { method, headers: { ...DOCUMENT, ...headers } });
/** Of visitors' own requests; the gateway's brings no header but these. */
const asked = (): number => app.seen.filter(({ rawHeaders }) => headerOf(rawHeaders, 'sec-fetch-dest').length > 0).length;

/** Opens the page until the app is not asked for it any more. */
async function kept(): Promise<void> {
  for (let before = -1; before !== asked(); await open()) before = asked();
}

describe('the page that opens an app of Streamlit\'s', () => {
  it('is asked of it once, and then given to everybody with a binding of his own', async () => {
    const first = await open();
    await kept();
    const [before, one, other] = [asked(), await open('/?a=1'), await open('/', { 'Accept-Encoding': 'br' })];
    expect([one.text, brotliDecompressSync(other.body).toString()]).toEqual([first.text, first.text]);
    expect(one.text).toContain('<head><script src="/_weir/tab.js');
    expect([one.headers['cache-control'], one.headers.etag, first.headers.etag?.startsWith('"page.'), one.headers.date === SHELL.Date]).toEqual(['private, no-cache', first.headers.etag, true, false]);
    expect([cookieOf(one), cookieOf(other)]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
    expect(asked()).toBe(before);
  });

  it('is not sent again to a browser that has it, and is there for HEAD', async () => {
    await kept();
    const [before, { headers }] = [asked(), await open()];
    const [same, head] = [await open('/', { 'If-None-Match': String(headers.etag) }), await open('/', {}, 'HEAD')];
    expect([same.status, same.body.length, head.status, head.body.length, asked()]).toEqual([304, 0, 200, 0, before]);
  });

  it('is asked of the next instance anew', async () => {
    await kept();
    page = PAGE.replace('App', 'New');
    await bench.route(HOST, anApp(), [anInstance(app)]);
    expect((await open()).text).toContain('<title>New</title>');
  });

  it.each([['/page', 'another path'], ['/', 'a part of it', { Range: 'bytes=0-3' }]])('leaves %s to the app: %s', async (path, _, headers: Record<string, string> = {}) => {
    await kept();
    const before = asked();
    await open(path, headers);
    await open(path, headers);
    expect(asked()).toBe(before + 2);
  });

  it.each<[string, typeof more]>([
    ['has no tag', () => ({ ETag: '' })],
    ['is somebody\'s own', () => ({ 'Cache-Control': 'private, no-cache' })],
    ['does not say that it may be kept', () => ({ 'Cache-Control': 'max-age=60' })],
    ['sets a cookie', () => ({ 'Set-Cookie': 'a=1' })],
    ['depends on who asks', () => ({ Vary: 'Cookie' })],
    ['is no page', () => ({ 'Content-Type': 'application/json' })],
  ])('is asked of the app each time where it %s', async (_, said) => {
    more = said;
    for (let i = 0; i < 4; i++) await open();
    expect(app.seen).toHaveLength(4); // nor was it fetched in vain
  });

  it('is asked of the app each time where a stranger gets another', async () => {
    more = (cookie) => ({ ETag: cookie === undefined ? '"stranger"' : '"mine"' });
    await open('/', { Cookie: 'mine=1' });
    await until(() => app.seen.length > asked());
    for (let i = 0; i < 4; i++) await open('/', { Cookie: 'mine=1' });
    expect([asked(), app.seen.length]).toEqual([5, 6]);
  });
});
