import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { anApp, anInstance, until } from './bench.ts';
import { aRoute, GatewayProcess, writeSnapshot } from './gateway-process.ts';
import { Upstream } from './upstream.ts';
import { ask, closeOf, openSocket } from './visitor.ts';

const HOST = 'hello.localhost';
const running: GatewayProcess[] = [];
const start = async (...args: Parameters<typeof GatewayProcess.start>): Promise<GatewayProcess> => {
  const gateway = await GatewayProcess.start(...args);
  running.push(gateway);
  return gateway;
};
afterEach(async () => {
  for (const gateway of running.splice(0)) await gateway.stop();
});

describe('a gateway that is told to end', () => {
  it('lets fifty requests finish, closes five hundred sockets with 1012, and is gone within twenty seconds', { timeout: 60_000 }, async () => {
    const finish: (() => void)[] = [];
    const app = await Upstream.open('hello', (_, response) => {
      response.write('half ');
      finish.push(() => response.end('done'));
    });
    const gateway = await start(writeSnapshot([aRoute(HOST, anApp(), [anInstance(app)])]));
    const sockets = await Promise.all(Array.from({ length: 500 }, () => openSocket(gateway.port, HOST)));
    const codes = Promise.all(sockets.map(closeOf));
    const requests = Promise.all(Array.from({ length: 50 }, () => ask(gateway.port, HOST)));
    await until(() => finish.length === 50);

    const from = performance.now();
    gateway.kill('SIGTERM');
    await expect.poll(() => ask(gateway.adminPort, 'localhost', '/healthz').then(({ status }) => status)).toBe(503);
    expect(sockets.every((socket) => socket.readyState === socket.OPEN)).toBe(true);
    for (const each of finish) each();
    expect((await requests).every(({ text }) => text === 'half done')).toBe(true);
    expect(new Set(await codes)).toEqual(new Set([1012]));
    expect(await gateway.ended).toBe(0);
    expect(performance.now() - from).toBeLessThan(20_000);
  });

  it('closes sockets with 1012 and is gone within twenty seconds though a request never ends', { timeout: 60_000 }, async () => {
    const app = await Upstream.open('hello', (_, response) => void response.write('for ever'));
    const gateway = await start(writeSnapshot([aRoute(HOST, anApp(), [anInstance(app)])]));
    const code = closeOf(await openSocket(gateway.port, HOST));
    const cut = ask(gateway.port, HOST).catch((error: Error) => error.message);
    await until(() => app.seen.length === 1);
    const from = performance.now();
    gateway.kill('SIGTERM');
    expect(await code).toBe(1012);
    expect(await gateway.ended).toBe(0);
    expect(performance.now() - from).toBeLessThan(20_000);
    expect(await cut).toMatch(/aborted|ECONNRESET/);
  });
});

describe('a gateway that was killed', () => {
  it.each([1_000, 10_000])('serves %i routes from disk a moment after it is started, with everything else dead', { timeout: 60_000 }, async (count) => {
    const app = await Upstream.open('hello');
    const snapshot = writeSnapshot([aRoute(HOST, anApp(), [anInstance(app)]), ...Array.from({ length: count - 1 }, (_, i) => aRoute(`app-${i}.localhost`, anApp(), [anInstance(app)]))]);
    const first = await start(snapshot);
    first.kill('SIGKILL');
    await first.ended;
    const from = performance.now();
    const second = await start(snapshot);
    expect((await ask(second.port, HOST)).text).toBe('hello');
    const tookMs = performance.now() - from;
    process.stdout.write(`gateway with ${count} routes: ${Math.round(tookMs)} ms from spawn to the first answer\n`);
    expect(tookMs).toBeLessThan(10_000); // of which an idle machine needs one twentieth: the line above is the measure
  });
});

describe('a visitor who reads nothing', () => {
  const SIZE = 50 * 2 ** 20;

  it.each(['request', 'socket'] as const)('of a %s of 50 MB costs the gateway next to no memory', async (kind) => {
    let written = 0;
    const app = await Upstream.open('hello', (message, response) => {
      if (message.url !== '/big') return void response.end('hello');
      const block = Buffer.alloc(65_536);
      const pour = (): void => {
        while (written < SIZE) {
          written += block.length;
          if (!response.write(block)) return void response.once('drain', pour);
        }
        response.end();
      };
      pour();
    });
    const gateway = await start(writeSnapshot([aRoute(HOST, anApp(), [anInstance(app)])]));
    await ask(gateway.port, HOST);
    const before = gateway.rssMib;
    const visitors = await Promise.all(Array.from({ length: 4 }, async () => {
      if (kind === 'socket') {
        const socket = await openSocket(gateway.port, HOST);
        socket.pause();
        return { end: () => socket.terminate() };
      }
      const socket = connect(gateway.port, '127.0.0.1', () => socket.write(`GET /big HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`));
      socket.pause().on('error', () => socket.destroy());
      return { end: () => socket.destroy() };
    }));
    if (kind === 'socket') for (const socket of app.sockets) for (let i = 0; i < 50; i++) socket.send(Buffer.alloc(2 ** 20));
    let last = -1;
    await expect.poll(() => {
      const now = kind === 'request' ? written : [...app.sockets].reduce((sum, socket) => sum + socket.bufferedAmount, 0);
      const stands = now === last && now > 0;
      last = now;
      return stands;
    }, { interval: 500, timeout: 20_000 }).toBe(true);
    expect(gateway.rssMib - before).toBeLessThan(40);
    const from = performance.now();
    expect((await ask(gateway.port, HOST)).text).toBe('hello');
    expect(performance.now() - from).toBeLessThan(1_000);
    for (const visitor of visitors) visitor.end();
  });
});
