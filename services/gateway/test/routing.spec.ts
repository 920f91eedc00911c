import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw, DOCUMENT, headerOf, openSocket } from './visitor.ts';

let bench: Bench;
let app: Upstream;
const HOST = 'hello.localhost';

beforeAll(async () => {
  bench = await openBench();
  app = await Upstream.open('hello');
  await bench.route(HOST, anApp(), [anInstance(app)]);
  for (const status of ['starting', 'deploying', 'stopped', 'crashed', 'failed', 'cancelled', 'new'] as const) await bench.route(`${status}.localhost`, anApp(), [], status);
});
afterAll(() => bench.stop());

describe('the console\'s host', () => {
  it.each([['/', 'console'], ['/apix', 'console'], ['/%61pi/v1', 'console'], ['/api/v1/apps?x=1', 'control-plane'], ['/api', 'control-plane'], ['/git/a.git/info/refs', 'worker']])('leads %s to the %s', async (path, name) => {
    expect((await ask(bench.port, 'Console.LOCALHOST:8080', path)).text).toBe(name);
  });

  it('passes credentials and cookies on, but nobody else\'s word for who they are', async () => {
    await ask(bench.port, 'console.localhost', '/api/v1/me', { headers: { Authorization: 'Bearer t', Cookie: 'weir_session=s', 'X-Forwarded-For': '6.6.6.6', 'X-Middleware-Subrequest': 'x' } });
    const { rawHeaders } = bench.services.controlPlane.seen.at(-1)!;
    expect(headerOf(rawHeaders, 'authorization')).toEqual(['Bearer t']);
    expect(headerOf(rawHeaders, 'cookie')).toEqual(['weir_session=s']);
    expect(headerOf(rawHeaders, 'x-forwarded-for')).toEqual(['127.0.0.1']);
    expect(headerOf(rawHeaders, 'x-middleware-subrequest')).toEqual([]);
  });

  it('carries live channels to the control plane', async () => {
    const socket = await openSocket(bench.port, 'console.localhost', { path: '/live' });
    expect(bench.services.controlPlane.upgrades.at(-1)?.url).toBe('/live');
    socket.terminate();
  });
});

describe('this machine\'s own address', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]'])('%s serves API, live channels and Git, and leads people to the console', async (host) => {
    expect((await ask(bench.port, `${host}:8080`, '/api/v1/me')).text).toBe('control-plane');
    expect((await ask(bench.port, `${host}:8080`, '/git/a.git')).text).toBe('worker');
    const answer = await ask(bench.port, `${host}:8080`, '/apps', { headers: DOCUMENT });
    expect([answer.status, answer.headers.location]).toEqual([302, 'http://console.localhost:8080/']);
  });
});

describe('a request without a plain host', () => {
  it.each([
    ['two hosts', `GET / HTTP/1.1\r\nHost: ${HOST}\r\nHost: console.localhost\r\n\r\n`],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['another host in the target', `GET http://console.localhost/ HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`],
    ['credentials in the host', `GET / HTTP/1.1\r\nHost: ${HOST}:1@console.localhost\r\n\r\n`],
    ['300 characters', `GET / HTTP/1.1\r\nHost: ${'a'.repeat(300)}\r\n\r\n`],
    ['two framings', `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['an odd transfer encoding', `POST / HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n`],
    ['no HTTP at all', 'hello\r\n\r\n'],
  ])('(%s) is 400 and reaches nobody', async (_, bytes) => {
    const seen = app.seen.length + bench.services.console.seen.length;
    expect(await askRaw(bench.port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
    expect(app.seen.length + bench.services.console.seen.length).toBe(seen);
  });

  it('is 431 when its headers are too many or too large', async () => {
    const many = Array.from({ length: 150 }, (_, i) => `x${i}: 1\r\n`).join('');
    expect(await askRaw(bench.port, `GET / HTTP/1.1\r\nHost: ${HOST}\r\n${many}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await askRaw(bench.port, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('a page of the gateway', () => {
  it.each([
    ['starting', 503, '2'], ['deploying', 503, '2'], ['stopped', 503, undefined], ['crashed', 503, '30'], ['failed', 503, '30'], ['cancelled', 503, '30'], ['new', 503, '30'],
  ])('for an app that is %s is %i, never cached, whole in itself', async (status, code, retry) => {
    const page = await ask(bench.port, `${status}.localhost`, '/', { headers: DOCUMENT });
    expect([page.status, page.headers['retry-after'], page.headers['cache-control']]).toEqual([code, retry, 'no-store']);
    expect(page.text).toMatch(/^<!doctype html><html lang="en">.*prefers-color-scheme/);
    expect(page.text).not.toMatch(/src=|href=/);
    expect(page.text.includes('http-equiv="refresh"')).toBe(retry !== undefined);
    expect((await ask(bench.port, `${status}.localhost`, '/_stcore/health')).text).not.toContain('<');
  });

  it('for a host that does not exist has the same bytes whatever was asked', async () => {
    const [one, two] = [await ask(bench.port, 'nobody.localhost', '/', { headers: DOCUMENT }), await ask(bench.port, 'console.localhost.evil.test', '/_stcore/health')];
    expect([one.status, two.status]).toEqual([404, 404]);
    expect(one.body.equals(two.body)).toBe(true);
    const headers = ({ rawHeaders }: typeof one): string[] => rawHeaders.filter((_, i) => rawHeaders[i - (i % 2)] !== 'Date');
    expect(headers(one)).toEqual(headers(two));
  });

  it('stands in for an instance that takes no connection', async () => {
    const gone = await Upstream.open('gone');
    await bench.route('gone.localhost', anApp(), [anInstance(gone)]);
    await gone.kill();
    const page = await ask(bench.port, 'gone.localhost', '/', { headers: DOCUMENT });
    expect([page.status, page.headers['retry-after']]).toEqual([503, '2']);
    expect((await ask(bench.port, 'gone.localhost', '/_stcore/health')).status).toBe(503);
    expect((await ask(bench.port, 'gone.localhost', '/media/x')).status).toBe(502);
    await expect(openSocket(bench.port, 'gone.localhost')).rejects.toThrow('503');
  });
});

describe('what an app tells the platform', () => {
  it.each(['/_stcore/metrics', '/_stcore/script-health-check?x', '/_stcore/%6detrics', '/base/_stcore//metrics/', '/_stcore/metrics#x', '/_stcore/metrics%0A'])('%s is nothing from outside', async (path) => {
    expect((await ask(bench.port, HOST, path)).status).toBe(404);
  });

  it('is its health', async () => {
    expect((await ask(bench.port, HOST, '/_stcore/health')).text).toBe('hello');
  });
});
