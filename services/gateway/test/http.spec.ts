import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, type Bench } from './bench.ts';
import { Upstream, digest } from './upstream.ts';
import { ask, askRaw, headerOf, DOCUMENT } from './visitor.ts';

let bench: Bench;
let app: Upstream;
const HOST = 'hello.localhost';

beforeAll(async () => {
  bench = await openBench();
  app = await Upstream.open('hello', (message, response) => {
    if (message.url === '/cookies') response.setHeader('Set-Cookie', ['_streamlit_xsrf=2|a|b%7C|"c"; Path=/', 'weir_affinity=evil', '__Host-Weir_session=x', 'wide=1; Domain=.localhost; Path=/']);
    if (message.url === '/range') return void response.writeHead(206, { 'Content-Range': 'bytes 0-1/9', 'Content-Length': 2 }).end('he');
    if (message.url === '/upload') return void digest(message).then((seen) => response.end(JSON.stringify(seen)));
    if (message.url === '/broken') return void response.socket?.resetAndDestroy();
    if (message.url?.startsWith('/static/')) return void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'public, immutable' }).end('<!doctype html>');
    if (message.url === '/half') return void response.writeHead(200, { 'Content-Length': 10 }).write('half', () => response.socket?.resetAndDestroy());
    response.end('hello');
  });
  await bench.route(HOST, anApp(), [anInstance(app)]);
});
afterAll(() => bench.stop());

describe('a request to an app', () => {
  it('keeps the bytes of Host, Origin and the app\'s cookies, and loses only ours', async () => {
    await ask(bench.port, HOST, '/x?a=%2F', { headers: ['Origin', 'http://hello.localhost:1', 'Cookie', '_streamlit_xsrf=2|4f|x==|1;weir_affinity=ins_1; _streamlit_user="a b"; __Host-weir_session=s; weird=1', 'Accept', '*/*'] });
    const { rawHeaders, url } = app.seen.at(-1)!;
    expect(url).toBe('/x?a=%2F');
    expect(headerOf(rawHeaders, 'host')).toEqual([HOST]);
    expect(headerOf(rawHeaders, 'origin')).toEqual(['http://hello.localhost:1']);
    expect(headerOf(rawHeaders, 'cookie')).toEqual(['_streamlit_xsrf=2|4f|x==|1; _streamlit_user="a b"; weird=1']);
  });

  it('carries only what the gateway says about who asks and from where', async () => {
    await ask(bench.port, HOST, '/', { headers: ['X-Forwarded-For', '6.6.6.6', 'x-FORWARDED-proto', 'https', 'X-Forwarded-Host', 'b', 'Forwarded', 'for=6', 'X-Streamlit-User', 'eve', 'X_Weir_User', 'eve', 'X.Weir.User', 'eve', 'X-Weir-User', 'eve', 'X-Real-IP', '6.6.6.6', 'Remote-User', 'eve', 'X-Remote-User', 'eve', 'True-Client-IP', '6.6.6.6', 'CF-Connecting-IP', '6.6.6.6', 'X-Cluster-Client-IP', '6.6.6.6', 'X-Auth-Request-Email', 'eve', 'X-SP-UserId', 'eve', 'Proxy', 'p', 'Connection', 'close, X-Forwarded-For'] });
    const { rawHeaders } = app.seen.at(-1)!;
    expect(rawHeaders.join(' ')).not.toMatch(/eve|6\.6\.6\.6|weir/i);
    expect(headerOf(rawHeaders, 'x-forwarded-for')).toEqual(['127.0.0.1']);
    expect(headerOf(rawHeaders, 'x-forwarded-proto')).toEqual(['http']);
    expect(headerOf(rawHeaders, 'x-forwarded-host')).toEqual([HOST]);
  });

  it('may be of any method and have a body, a range or none', async () => {
    for (const method of ['DELETE', 'PATCH', 'OPTIONS', 'PROPFIND', 'POST']) expect((await ask(bench.port, HOST, '/', { method })).status).toBe(200);
    expect(headerOf(app.seen.at(-1)!.rawHeaders, 'content-length')).toEqual(['0']);
    expect((await ask(bench.port, HOST, '/', { method: 'HEAD' })).body).toHaveLength(0);
    const part = await ask(bench.port, HOST, '/range', { headers: { Range: 'bytes=0-1' } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, 'he', 'bytes 0-1/9']);
  });

  it('uploads by the chunk and after a 100 Continue', async () => {
    const chunks = Readable.from([Buffer.from('ab'), Buffer.from('c')]);
    expect((await ask(bench.port, HOST, '/upload', { method: 'PUT', body: chunks })).text).toContain('"bytes":3');
    const text = await askRaw(bench.port, `PUT /upload HTTP/1.1\r\nHost: ${HOST}\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok`);
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK[^]*"bytes":2/);
  });

  it('streams an upload that is much larger than the memory it takes', async () => {
    const block = Buffer.alloc(65_536, 7);
    const before = process.memoryUsage().rss;
    const answer = await ask(bench.port, HOST, '/upload', { method: 'PUT', body: Readable.from(Array.from({ length: 4096 }, () => block)) });
    expect(answer.text).toContain(`"bytes":${4096 * 65_536}`);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 2 ** 20);
  });
});

describe('a request that changes something', () => {
  it('is refused before the app hears of it when another site asked for it, and not when a program or the app itself did', async () => {
    const before = app.seen.length;
    for (const origin of ['http://evil.localhost', 'null', `https://${HOST}`, `http://${HOST}.evil`]) {
      for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask(bench.port, HOST, '/', { method, headers: { Origin: origin } })).status).toBe(403);
    }
    expect(app.seen.length).toBe(before);
    expect((await ask(bench.port, HOST, '/', { method: 'DELETE', headers: { Origin: `http://${HOST}` } })).status).toBe(200);
    expect((await ask(bench.port, HOST, '/', { method: 'DELETE' })).status).toBe(200);
  });
});

describe('an answer of an app', () => {
  it('sets cookies for its own host only, byte for byte, and none of ours', async () => {
    const { headers } = await ask(bench.port, HOST, '/cookies');
    expect(headers['set-cookie']).toEqual(['_streamlit_xsrf=2|a|b%7C|"c"; Path=/', 'wide=1; Path=/', expect.stringMatching(/^weir_affinity=ins_\w+\.1\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/)]);
  });

  it('that is a page is none for a hashed asset: an old tab would take it for a script', async () => {
    const answer = await ask(bench.port, HOST, '/static/js/gone.8f2c.js');
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([404, 'text/plain; charset=utf-8', 'no-store']);
    expect((await ask(bench.port, HOST)).status).toBe(200);
  });

  it('that breaks off is 502 before its head and a broken connection after it, and harms nobody else', async () => {
    expect((await ask(bench.port, HOST, '/broken', { headers: DOCUMENT })).status).toBe(502);
    await expect(ask(bench.port, HOST, '/half')).rejects.toThrow(/aborted|socket hang up|ECONNRESET/);
    expect((await ask(bench.port, HOST)).status).toBe(200);
  });
});

describe('an upload to an instance that takes no connection', () => {
  it('is answered, and its connection serves the next request', async () => {
    const gone = await Upstream.open('gone');
    await bench.route('gone.localhost', anApp(), [anInstance(gone)]);
    await gone.kill();
    const text = await askRaw(bench.port, `PUT /x HTTP/1.1\r\nHost: gone.localhost\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 502 [^]*HTTP\/1\.1 200 OK[^]*hello$/);
  });
});

describe('an idle upstream connection', () => {
  it('is used again', async () => {
    const before = app.connections;
    for (let i = 0; i < 20; i++) await ask(bench.port, HOST);
    expect(app.connections - before).toBeLessThan(3);
  });

  it('that closes in the moment it is used costs no visitor a GET', async () => {
    let served = 0;
    const flaky = await Upstream.open('flaky', (message, response) => {
      served += 1;
      if (served === 2) return void message.socket.resetAndDestroy();
      response.end('fine');
    });
    await bench.route('flaky.localhost', anApp(), [anInstance(flaky)]);
    for (let i = 0; i < 2; i++) expect((await ask(bench.port, 'flaky.localhost')).text).toBe('fine');
    expect(served).toBe(3);
  });
});
