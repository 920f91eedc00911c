import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw, DOCUMENT, openSocket } from './visitor.ts';

let bench: Bench;
const HOST = 'hello.localhost';
const opened: { destroy(): void }[] = [];

afterEach(async () => {
  for (const each of opened.splice(0)) each.destroy();
  await bench.stop();
});

/** Connects and says nothing. */
function knock(from: string): { readonly socket: Socket; readonly answer: () => string; readonly isClosed: () => boolean } {
  let text = '';
  let closed = false;
  const socket = connect({ port: bench.port, host: '127.0.0.1', localAddress: from });
  socket.on('data', (data) => (text += data.toString())).on('error', () => socket.destroy()).on('close', () => (closed = true));
  opened.push(socket);
  return { socket, answer: () => text, isClosed: () => closed };
}

const refused = async (reason: string): Promise<number> => Number(new RegExp(`weir_gateway_refused_total\\{reason="${reason}"\\} (\\d+)`).exec((await ask(bench.gateway.adminPort, 'localhost', '/metrics')).text)?.[1] ?? 0);

describe('one address', () => {
  it('has two thousand connections at most, whatever it tries; others are served at once', { timeout: 60_000 }, async () => {
    bench = await openBench();
    const app = await Upstream.open('hello');
    await bench.route(HOST, anApp(), [anInstance(app)]);
    const waits: number[] = [];
    const all: ReturnType<typeof knock>[] = [];
    while (all.length < 5_000) {
      for (let i = 0; i < 250; i++) all.push(knock('127.0.0.9'));
      const from = performance.now();
      expect((await ask(bench.port, HOST)).text).toBe('hello');
      waits.push(performance.now() - from);
    }
    await until(() => all.every(({ socket, isClosed }) => !socket.connecting || isClosed()));
    await until(() => bench.gateway.connections + all.filter(({ isClosed }) => isClosed()).length === 5_000);
    expect(bench.gateway.connections).toBeLessThanOrEqual(2_000);
    expect((await refused('address-rate')) + (await refused('address-open')) + bench.gateway.connections).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...waits)).toBeLessThan(1_000);
  });

  it('comes back with eight hundred connections at once, as two hundred tabs do after a restart, and all are let in', async () => {
    bench = await openBench();
    const all = Array.from({ length: 800 }, () => knock('127.0.0.9'));
    await until(() => bench.gateway.connections === 800);
    expect(all.filter(({ isClosed }) => isClosed())).toEqual([]);
    expect((await refused('address-rate')) + (await refused('address-open'))).toBe(0);
  });

  it('that opens one after another is told 429 when it has opened more than it may have open and was given', async () => {
    bench = await openBench({ WEIR_MAX_CONNECTIONS_PER_ADDRESS: 3, WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS: 1 });
    const answers: string[] = [];
    while (!answers.at(-1)?.startsWith('HTTP/1.1 429 ')) answers.push(await askRaw(bench.port, `GET / HTTP/1.1\r\nHost: nobody.localhost\r\nConnection: close\r\n\r\n`));
    expect(answers.length).toBeGreaterThan(3);
    expect(answers.slice(0, -1).every((text) => text.startsWith('HTTP/1.1 404 '))).toBe(true);
    expect(await refused('address-rate')).toBe(1);
  });

  it('is told 429 when it has too many, and may come again when one is gone', async () => {
    bench = await openBench({ WEIR_MAX_CONNECTIONS_PER_ADDRESS: 3 });
    const [first] = [knock('127.0.0.9'), knock('127.0.0.9'), knock('127.0.0.9')];
    await until(() => bench.gateway.connections === 3);
    const fourth = knock('127.0.0.9');
    await until(() => fourth.isClosed());
    expect(fourth.answer()).toMatch(/^HTTP\/1\.1 429 /);
    first?.socket.destroy();
    await until(() => bench.gateway.connections === 2);
    const fifth = knock('127.0.0.9');
    await until(() => bench.gateway.connections === 3);
    expect(fifth.isClosed()).toBe(false);
  });
});

describe('one app', () => {
  it('takes so many sockets and requests and then says so, while other apps and the console are served', async () => {
    bench = await openBench({ WEIR_MAX_CONNECTIONS_PER_APP: 10 });
    const app = await Upstream.open('hello');
    await bench.route(HOST, anApp(), [anInstance(app)]);
    await bench.route('other.localhost', anApp(), [anInstance(await Upstream.open('other'))]);
    const sockets = await Promise.all(Array.from({ length: 10 }, () => openSocket(bench.port, HOST)));
    opened.push(...sockets.map((socket) => ({ destroy: () => socket.terminate() })));
    await expect(openSocket(bench.port, HOST)).rejects.toThrow('429');
    const page = await ask(bench.port, HOST, '/', { headers: { Accept: 'text/html' } });
    expect([page.status, page.headers['retry-after'], page.headers['cache-control']]).toEqual([429, '10', 'no-store']);
    expect((await ask(bench.port, 'other.localhost')).text).toBe('other');
    expect((await ask(bench.port, 'console.localhost')).text).toBe('console');
    expect(await refused('app-open')).toBe(2);
    sockets[0]?.terminate();
    await until(() => bench.gateway.pool.sockets === 9);
    expect((await ask(bench.port, HOST)).text).toBe('hello');
  });
});

describe('an app that sleeps', () => {
  it('lets so many wait for it as it may have open, and says so to the others', async () => {
    bench = await openBench({ WEIR_MAX_CONNECTIONS_PER_APP: 10 });
    const app = anApp();
    await bench.route(HOST, app, [], 'asleep');
    const visits = Array.from({ length: 12 }, () => ask(bench.port, HOST, '/', { headers: DOCUMENT }));
    await until(() => bench.controlPlane.woken.length > 0);
    expect((await Promise.race(visits)).status).toBe(429);
    await bench.route(HOST, app, [anInstance(await Upstream.open('awake'))]);
    expect((await Promise.all(visits)).map(({ status }) => status).sort((a, b) => a - b)).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    expect((await ask(bench.port, HOST)).text).toBe('awake');
  });
});

describe('all apps together', () => {
  it('leave a tenth of all connections to the console', async () => {
    bench = await openBench({ WEIR_MAX_CONNECTIONS: 20 });
    for (const name of ['a', 'b']) await bench.route(`${name}.localhost`, anApp(), [anInstance(await Upstream.open(name))]);
    for (let i = 0; i < 18; i++) {
      const socket = await openSocket(bench.port, i % 2 ? 'a.localhost' : 'b.localhost');
      opened.push({ destroy: () => socket.terminate() });
    }
    await expect(openSocket(bench.port, 'a.localhost')).rejects.toThrow('429');
    expect((await ask(bench.port, 'console.localhost')).text).toBe('console');
    const [one, two, three] = [knock('127.0.0.9'), knock('127.0.0.9'), knock('127.0.0.9')];
    await until(() => [one, two, three].filter(({ isClosed }) => isClosed()).length === 1);
    expect(bench.gateway.connections).toBe(20);
    expect(await refused('ceiling')).toBe(1);
  });
});
