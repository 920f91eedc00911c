import { connect } from 'node:net';
import { createLogger } from '@weir/telemetry';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, nextMessage, openSocket } from './visitor.ts';

const HOST = 'hello.localhost';
let bench: Bench;
const lines: Record<string, unknown>[] = [];
const app = anApp();
let instance: ReturnType<typeof anInstance>;

const metrics = async (): Promise<string> => (await ask(bench.gateway.adminPort, 'localhost', '/metrics')).text;
const line = async (path: string): Promise<Record<string, unknown>> => {
  await until(() => lines.some((each) => each['path'] === path));
  return lines.find((each) => each['path'] === path)!;
};

/** Each request once the answer to the one before has come, on one connection. */
async function askInTurn(port: number, requests: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  const socket = connect(port, '127.0.0.1');
  for (const request of requests) {
    let text = '';
    const hear = (chunk: Buffer): void => void (text += chunk.toString('latin1'));
    socket.on('data', hear).write(request);
    await until(() => text.endsWith('x'.repeat(1000)) || text.endsWith('\r\n0\r\n\r\n'));
    socket.off('data', hear);
    answers.push(text);
  }
  socket.destroy();
  return answers;
}

beforeAll(async () => {
  const log = createLogger({ process: 'gateway', level: 'info' }, { write: (text) => void lines.push(JSON.parse(text) as Record<string, unknown>) });
  bench = await openBench({ WEIR_METRICS_APPS: 2 }, log);
  instance = anInstance(await Upstream.open('hello', (message, response) => {
    if (message.url === '/cut') return void response.writeHead(200, { 'Content-Length': 10 }).write('half', () => response.socket?.resetAndDestroy());
    message.resume().on('end', () => response.end('x'.repeat(1000)));
  }));
  await bench.route(HOST, app, [instance]);
});
afterAll(() => bench.stop());

describe('every request', () => {
  it('is one line of the log that says all about it and none of its secrets', async () => {
    await ask(bench.port, HOST, '/served?token=s3cret', { method: 'POST', body: 'y'.repeat(500), headers: { Cookie: 'session=s3cret', Authorization: 'Bearer s3cret' } });
    const told = await line('/served');
    expect(told).toMatchObject({ msg: 'request.done', host: HOST, app, instance: instance.id, method: 'POST', status: 200, outcome: 'served', peer: '127.0.0.1' });
    expect(told['sentBytes']).toBeGreaterThan(1000);
    expect(told['receivedBytes']).toBeGreaterThan(500);
    expect(told['tookMs']).toBeTypeOf('number');
    expect(JSON.stringify(lines)).not.toContain('s3cret');
    expect(lines.filter((each) => each['path'] === '/served')).toHaveLength(1);
  });

  it('says how it ended', async () => {
    await ask(bench.port, 'nobody.localhost', '/page');
    await ask(bench.port, HOST, '/cut').catch(() => undefined);
    await ask(bench.port, 'localhost', '/redirect');
    expect([(await line('/page'))['outcome'], (await line('/cut'))['outcome'], (await line('/redirect'))['outcome']]).toEqual(['page', 'cut', 'redirect']);
    expect(await line('/page')).toMatchObject({ status: 404 });
  });
});

describe('every socket', () => {
  it('is one line when it is gone, with what went through it', async () => {
    const socket = await openSocket(bench.port, HOST, { path: '/_stcore/stream' });
    const answer = nextMessage(socket);
    socket.send('z'.repeat(2000));
    await answer;
    expect(await metrics()).toContain(`weir_gateway_app_sessions{app="${app}"} 1`);
    expect(lines.filter(({ msg }) => msg === 'socket.closed')).toHaveLength(0);
    socket.terminate();
    await until(() => lines.some(({ msg }) => msg === 'socket.closed'));
    const told = await line('/_stcore/stream');
    expect(told).toMatchObject({ app, instance: instance.id, status: 101, outcome: 'served' });
    expect([told['sentBytes'], told['receivedBytes']]).toEqual([2004, 2008]);
  });

  it('that is refused is one line too', async () => {
    await expect(openSocket(bench.port, HOST, { path: '/foreign', headers: { Origin: 'http://evil.localhost' } })).rejects.toThrow('403');
    expect(await line('/foreign')).toMatchObject({ msg: 'request.done', status: 403, outcome: 'page' });
  });
});

describe('/metrics', () => {
  it('counts requests by outcome, bytes, decisions and sockets, by app', async () => {
    const text = await metrics();
    expect(text).toContain(`weir_gateway_requests_total{app="${app}",outcome="served"} 1`);
    expect(text).toContain(`weir_gateway_requests_total{app="${app}",outcome="cut"} 1`);
    expect(text).toMatch(new RegExp(`weir_gateway_bytes_total\\{app="${app}",direction="sent"\\} [3-9]\\d{3}`));
    expect(text).toContain(`weir_gateway_sockets_opened_total{app="${app}"} 1`);
    expect(text).toContain('weir_gateway_decisions_total{outcome="not-found"} 1');
    expect(text).toContain('weir_gateway_decisions_total{outcome="foreign-origin"} 1');
    expect(text).toMatch(/weir_gateway_decisions_total\{outcome="forward"\} \d/);
    expect(text).toMatch(/^weir_gateway_wake_seconds_count 0$/m);
  });

  it('shows bytes of a download while it lasts', async () => {
    const more: (() => void)[] = [];
    const slow = await Upstream.open('slow', (_, response) => {
      response.write('x'.repeat(5000));
      more.push(() => response.end());
    });
    const id = anApp();
    await bench.route('slow.localhost', id, [anInstance(slow)]);
    const download = ask(bench.port, 'slow.localhost');
    await expect.poll(metrics).toMatch(new RegExp(`weir_gateway_bytes_total\\{app="${id}",direction="sent"\\} 5\\d{3}`));
    expect(await metrics()).toContain(`weir_gateway_app_requests{app="${id}"} 1`);
    more[0]?.();
    await download;
  });

  it('has series for the most used apps only, and one for the rest', async () => {
    const upstream = await Upstream.open('many');
    const ids = Array.from({ length: 6 }, () => anApp());
    for (const [i, id] of ids.entries()) {
      await bench.route(`many${i}.localhost`, id, [anInstance(upstream)]);
      await ask(bench.port, `many${i}.localhost`);
    }
    for (let i = 0; i < 30; i++) await ask(bench.port, 'many5.localhost');
    await metrics();
    await ask(bench.port, 'many5.localhost');
    const text = await metrics();
    const labels = new Set([...text.matchAll(/weir_gateway_requests_total\{app="(app_[^"]+)"/g)].map(([, label]) => label));
    expect(labels.size).toBeLessThanOrEqual(2);
    expect(labels).toContain(ids[5]);
    expect(text).toMatch(/weir_gateway_requests_total\{app="other",outcome="served"\} \d/);
  });
});

describe('a request that another reader took over with its connection', () => {
  it('has its own bytes, and leaves those of the one before it', async () => {
    const plain = `GET /first HTTP/1.1\r\nHost: ${HOST}\r\nX: ${'x'.repeat(3000)}\r\n\r\n`;
    const chunked = `PUT /second HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`;
    const answers = await askInTurn(bench.port, [plain, chunked]);
    const [first, second] = [await line('/first'), await line('/second')];
    expect([first['receivedBytes'], second['receivedBytes']]).toEqual([plain.length, chunked.length]);
    expect([first['sentBytes'], second['sentBytes']]).toEqual(answers.map(({ length }) => length));
  });
});
