import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RouteSnapshot } from '@weir/contracts';
import { createLogger } from '@weir/telemetry';
import { anApp, anInstance, ControlPlane, openBench, until, type Bench } from './bench.ts';
import { aRoute } from './gateway-process.ts';
import { Upstream } from './upstream.ts';
import { ask, closeOf, cookieOf, DOCUMENT, openSocket } from './visitor.ts';

let bench: Bench;
const HOST = 'hello.localhost';

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.stop());

const stored = (): RouteSnapshot | undefined => (existsSync(bench.snapshotFile) ? RouteSnapshot.parse(JSON.parse(readFileSync(bench.snapshotFile, 'utf8'))) : undefined);

describe('a gateway that starts alone', () => {
  it('serves from its last snapshot and honours the bindings it made', async () => {
    const app = await Upstream.open('hello');
    const id = anApp();
    const [first, second] = [anInstance(app), anInstance(await Upstream.open('fresh'))];
    await bench.route(HOST, id, [first]);
    const Cookie = cookieOf(await ask(bench.port, HOST, '/', { headers: DOCUMENT }));
    await bench.route(HOST, id, [{ ...first, state: 'draining' }, second]);
    await until(() => stored()?.cursor === bench.controlPlane.cursor);

    const dead = new ControlPlane();
    dead.alive = false;
    const alone = await bench.restart(dead);
    expect((await ask(alone.ports[0]!, HOST, '/media/x', { headers: { Cookie } })).text).toBe('hello');
    expect((await ask(alone.ports[0]!, HOST, '/', { headers: { ...DOCUMENT, Cookie } })).text).toBe('fresh');
    await alone.stop(100);
  });

  it('says that it is starting while it knows no routes, and takes a broken file for none', async () => {
    writeFileSync(bench.snapshotFile, '{"version":2,');
    const dead = new ControlPlane();
    dead.alive = false;
    const empty = await bench.restart(dead);
    const page = await ask(empty.ports[0]!, HOST, '/', { headers: DOCUMENT });
    expect([page.status, page.headers['retry-after']]).toEqual([503, '2']);
    dead.alive = true;
    await until(() => empty.table.cursor === 1);
    expect((await ask(empty.ports[0]!, HOST, '/', { headers: DOCUMENT })).status).toBe(404);
    await empty.stop(100);
  });

  it('says what is wrong with its file, and starts without an affinity key that it could keep', async () => {
    const lines: Record<string, unknown>[] = [];
    const told = await openBench({}, createLogger({ process: 'gateway' }, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }));
    writeFileSync(told.snapshotFile, JSON.stringify({ version: 2, cursor: 1, consoleHost: 'console.localhost', routes: [aRoute(HOST, anApp(), [anInstance({ address: '127.0.0.1:99999' })])] }));
    rmSync(`${told.snapshotFile}.key`);
    mkdirSync(`${told.snapshotFile}.key`);
    const dead = new ControlPlane();
    dead.alive = false;
    const alone = await told.restart(dead);
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', msg: 'snapshot.unreadable', path: told.snapshotFile, faults: [expect.stringMatching(/^routes\[0\]\.instances\[0\]\.address: An address is HOST:PORT/)] }));
    expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', msg: 'affinity.key_for_this_run', path: `${told.snapshotFile}.key` }));
    expect((await ask(alone.ports[0]!, HOST, '/', { headers: DOCUMENT })).status).toBe(503);
    await alone.stop(100);
    await told.stop();
  });
});

describe('a gateway that stops', () => {
  it('takes nothing new, lets requests finish, then closes sockets with 1012', async () => {
    let finish = (): void => undefined;
    const app = await Upstream.open('hello', (_, response) => {
      response.write('half ');
      finish = () => response.end('done');
    });
    await bench.route(HOST, anApp(), [anInstance(app)]);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => openSocket(bench.port, HOST)));
    const codes = Promise.all(sockets.map(closeOf));
    const slow = ask(bench.port, HOST);
    await until(() => app.seen.length === 1);

    const stopped = bench.gateway.stop(20_000);
    await expect(new Promise((resolve, reject) => connect(bench.port, '127.0.0.1', () => resolve('open')).on('error', reject))).rejects.toThrow('ECONNREFUSED');
    expect(sockets.every((socket) => socket.readyState === socket.OPEN)).toBe(true);
    finish();
    expect((await slow).text).toBe('half done');
    expect(new Set(await codes)).toEqual(new Set([1012]));
    await stopped;
    bench = await openBench();
  });

  it('ends in time whatever is open', async () => {
    const app = await Upstream.open('hello', (_, response) => void response.write('for ever'));
    await bench.route(HOST, anApp(), [anInstance(app)]);
    const cut = ask(bench.port, HOST).catch((error: Error) => error.message);
    await until(() => app.seen.length === 1);
    const from = performance.now();
    await bench.gateway.stop(2_500);
    expect(performance.now() - from).toBeLessThan(4_000);
    expect(await cut).toMatch(/aborted|ECONNRESET/);
    bench = await openBench();
  });
});

describe('an address to listen on', () => {
  it('that this machine lacks is left out, and one that is taken ends the start', async () => {
    await expect(bench.restart(bench.controlPlane, [`127.0.0.1:${bench.port}`])).rejects.toThrow('EADDRINUSE');
    await expect(bench.restart(bench.controlPlane, ['192.0.2.1:0'])).rejects.toThrow('no address to listen on');
    const some = await bench.restart(bench.controlPlane, ['192.0.2.1:0', '127.0.0.1:0']);
    expect(some.ports).toHaveLength(1);
    await some.stop(100);
  });
});

describe('the admin port', () => {
  it('tells health and counts sockets', async () => {
    const app = await Upstream.open('hello');
    await bench.route(HOST, anApp(), [anInstance(app)]);
    const socket = await openSocket(bench.port, HOST);
    expect(JSON.parse((await ask(bench.gateway.adminPort, 'localhost', '/healthz')).text)).toEqual({ ok: true, cursor: bench.controlPlane.cursor });
    expect((await ask(bench.gateway.adminPort, 'localhost', '/metrics')).text).toMatch(/^weir_gateway_sockets 1$/m);
    socket.terminate();
  });
});

describe('connections that reset mid-way', () => {
  it('harm nobody, be they four hundred', { timeout: 30_000 }, async () => {
    const app = await Upstream.open('hello');
    await bench.route(HOST, anApp(), [anInstance(app)]);
    await Promise.all(
      Array.from({ length: 400 }, (_, i) => new Promise<void>((resolve) => {
        const socket = connect(bench.port, '127.0.0.1', () => {
          socket.write(i % 2 ? `GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n` : `GET /s HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`, () => socket.resetAndDestroy());
        });
        socket.on('error', () => socket.destroy()).on('close', () => resolve());
      })),
    );
    expect((await ask(bench.port, HOST)).text).toBe('hello');
    await until(() => bench.gateway.pool.sockets === 0);
  });
});
