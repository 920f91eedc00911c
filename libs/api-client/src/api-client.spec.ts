import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { ApiClient, ApiProblem, InternalClient, LiveClient, streamLog } from './index.ts';

const APP = 'app_00000000000000000000000000';
const seen: { method: string; url: string; host: string; authorization: string | undefined; key: string | undefined; body: string }[] = [];
let server: Server;
let baseUrl: string;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const line = (seq: number) => ({ seq, at: '2026-01-01T00:00:00Z', stream: 'stdout', text: `line ${seq}` });
const answers: Record<string, { status: number; body?: unknown }> = {
  [`GET /api/v1/apps/hello`]: { status: 200, body: { id: APP, unknownField: 1 } },
  'DELETE /api/v1/apps/hello': { status: 204 },
  'GET /api/v1/apps/missing': { status: 404, body: { type: 'x', title: 'Not found', status: 404, code: 'app.not_found', detail: 'There is no such app.' } },
  'GET /api/v1/me': { status: 502, body: '<html>' },
  'POST /api/v1/apps/hello/stop': { status: 202, body: { id: APP } },
  'GET /api/v1/apps/hello/logs?kind=build&after=0&limit=1000&waitMs=20000': { status: 200, body: { lines: [line(1), line(2)], ended: false } },
  'GET /api/v1/apps/hello/logs?kind=build&after=2&limit=1000&waitMs=20000': { status: 200, body: { lines: [line(3)], ended: true } },
  'GET /api/v1/apps/hello/logs?kind=build&after=3&limit=1000&waitMs=0': { status: 200, body: { lines: [line(4)], ended: true } },
  'POST /internal/builds/claim': { status: 200, body: { order: null } },
  'POST /internal/logs/dep_1': { status: 204 },
  'GET /internal/instances?after=4&waitMs=10': { status: 200, body: { cursor: 'not a number' } },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, host: headers.host ?? '', authorization: headers.authorization, key: headers['idempotency-key'] as string | undefined, body });
      const answer = answers[`${method} ${url}`] ?? { status: 500, body: {} };
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe('the API client', () => {
  it('sends the token and keeps fields it does not know', async () => {
    const answer = await new ApiClient({ baseUrl, token: 't1' }).call('apps.read', { params: { app: 'hello' } });
    expect(answer).toMatchObject({ id: APP, unknownField: 1 });
    expect(seen.at(-1)).toMatchObject({ authorization: 'Bearer t1' });
  });

  it('dials one address and names another host', async () => {
    await new ApiClient({ baseUrl, host: 'console.localhost:8080' }).call('apps.stop', { params: { app: 'hello' } });
    expect(seen.at(-1)).toMatchObject({ host: 'console.localhost:8080', method: 'POST' });
    expect(await new ApiClient({ baseUrl, host: 'console.localhost:8080' }).call('apps.delete', { params: { app: 'hello' } })).toBeUndefined();
  });

  it('sends a POST whose answer was lost again, with the same key, until it has one', async () => {
    const keys: unknown[] = [];
    const answering = (...answers: (Error | Response)[]) =>
      new ApiClient({
        baseUrl,
        fetch: async (_, init) => {
          keys.push(new Headers(init?.headers).get('idempotency-key'));
          const answer = answers.shift();
          if (answer instanceof Response) return answer;
          throw answer ?? new Error('none is left');
        },
      });
    const problem = (status: number, code: string) => Response.json({ type: 'x', title: 'x', status, code, detail: 'x' }, { status });
    const stop = (client: ApiClient) => client.call('apps.stop', { params: { app: 'hello' } });

    expect(await stop(answering(new TypeError('fetch failed'), problem(409, 'idempotency.in_progress'), Response.json({ id: APP })))).toEqual({ id: APP });
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), keys[0], keys[0]]);
    expect(await stop(answering(Response.json({ id: APP })))).toEqual({ id: APP });
    expect(keys.at(-1)).not.toBe(keys[0]);

    keys.length = 0;
    await expect(stop(answering(problem(409, 'app.stopped')))).rejects.toMatchObject({ code: 'app.stopped' });
    await expect(answering(new TypeError('fetch failed')).call('apps.delete', { params: { app: 'hello' } })).rejects.toThrow('fetch failed');
    await expect(answering(new TypeError('fetch failed')).call('session.create', { body: { token: 't' } } as never)).rejects.toThrow('fetch failed');
    expect(keys).toEqual([expect.any(String), null, null]);
  });

  it('throws what the API said when it refuses, and words of its own when there are none', async () => {
    const client = new ApiClient({ baseUrl });
    await expect(client.call('apps.read', { params: { app: 'missing' } })).rejects.toMatchObject({ code: 'app.not_found', status: 404 });
    const other = await client.call('me.read').catch((error: unknown) => error);
    expect(other).toBeInstanceOf(ApiProblem);
    expect(other).toMatchObject({ code: 'http.unexpected', status: 502 });
  });

  it('never lets a parameter leave its path segment', async () => {
    const client = new ApiClient({ baseUrl });
    await expect(client.call('apps.read', { params: { app: '../me' } })).rejects.toThrow(ApiProblem);
    expect(seen.at(-1)?.url).toBe('/api/v1/apps/..%2Fme');
    await expect(client.call('apps.read', { params: { app: '..' } })).rejects.toThrow(RangeError);
  });

  it('follows a log to its end, each line once', async () => {
    const lines = [];
    for await (const one of streamLog(new ApiClient({ baseUrl }), 'hello', { kind: 'build', follow: true })) lines.push(one.text);
    expect(lines).toEqual(['line 1', 'line 2', 'line 3', 'line 4']);
  });
});

describe('the internal client', () => {
  it('asks with the internal token and checks what it is answered', async () => {
    const client = new InternalClient({ baseUrl, token: 'i1' });
    expect(await client.claimBuild('w1')).toEqual({ order: null });
    expect(seen.at(-1)).toMatchObject({ authorization: 'Bearer i1', body: '{"worker":"w1"}' });
    await client.appendLog('dep_1', { writer: 'w1', batch: 1, lines: [] });
    await expect(client.instances(4, 10)).rejects.toThrow('expected number');
  });
});

describe('the live client', () => {
  it('connects again after a cut and goes on after the last line it saw', async () => {
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((resolve) => sockets.once('listening', resolve));
    const deployment = 'dep_00000000000000000000000000';
    const asked: unknown[] = [];
    const twice = new Promise<void>((resolve) => {
      sockets.on('connection', (socket) => {
        socket.on('message', (data) => {
          asked.push((JSON.parse(String(data as Buffer)) as { data: unknown }).data);
          if (asked.length === 2) return resolve();
          socket.send(JSON.stringify({ event: 'log', data: { topic: 'build-log', subject: deployment, lines: [line(7)], ended: false } }), () => socket.terminate());
        });
      });
    });
    const client = new LiveClient({ url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`, onMessage: () => {} });
    client.subscribe({ topic: 'build-log', deployment, after: 0 });
    await twice;
    client.close();
    sockets.close();
    expect(asked).toEqual([{ topic: 'build-log', deployment, after: 0 }, { topic: 'build-log', deployment, after: 7 }]);
  });
});
