import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw, closeOf, headerOf, nextMessage, openSocket } from './visitor.ts';

let bench: Bench;
let app: Upstream;
const HOST = 'hello.localhost';
const instance = { id: '' as ReturnType<typeof anInstance>['id'] };

beforeAll(async () => {
  bench = await openBench();
  app = await Upstream.open('hello');
  const routed = anInstance(app);
  instance.id = routed.id;
  await bench.route(HOST, anApp(), [routed]);
});
afterAll(() => bench.stop());

describe('a WebSocket to an app', () => {
  it('keeps subprotocols and cookies byte for byte, loses identity headers, and gets ours', async () => {
    const headers = { Origin: `http://${HOST}`, Cookie: '_streamlit_xsrf=2|4f|x==|1; weir_affinity=x', 'X-Streamlit-User': 'eve', 'x-forwarded-for': '6.6.6.6', X_Weir_User: 'eve' };
    const socket = await openSocket(bench.port, HOST, { headers, protocols: ['streamlit', 'PLACEHOLDER_AUTH_TOKEN', '8f2c-session'] });
    expect(socket.protocol).toBe('streamlit');
    const { rawHeaders } = app.upgrades.at(-1)!;
    expect(headerOf(rawHeaders, 'sec-websocket-protocol')).toEqual(['streamlit,PLACEHOLDER_AUTH_TOKEN,8f2c-session']);
    expect(headerOf(rawHeaders, 'cookie')).toEqual(['_streamlit_xsrf=2|4f|x==|1']);
    expect(headerOf(rawHeaders, 'host')).toEqual([HOST]);
    expect(headerOf(rawHeaders, 'origin')).toEqual([`http://${HOST}`]);
    expect(headerOf(rawHeaders, 'x-forwarded-for')).toEqual(['127.0.0.1']);
    expect(rawHeaders.join(' ')).not.toMatch(/eve/);
    socket.terminate();
  });

  it('passes messages of any size both ways unchanged', async () => {
    const socket = await openSocket(bench.port, HOST);
    for (const size of [0, 1, 125, 126, 65_535, 65_536, 300_000, 20_000_000]) {
      const sent = Buffer.alloc(size, size % 251);
      const answer = nextMessage(socket);
      socket.send(sent);
      expect((await answer).equals(sent)).toBe(true);
    }
    socket.terminate();
  });

  it('keeps large messages of many sockets apart, also where visitors take them slowly', async () => {
    const sockets = await Promise.all(Array.from({ length: 8 }, () => openSocket(bench.port, HOST)));
    const echo = async (socket: WebSocket, i: number): Promise<boolean> => {
      const sent = randomBytes(12_000_000 + i);
      const answer = nextMessage(socket);
      socket.send(sent);
      return (await answer).equals(sent);
    };
    const slow = sockets.slice(0, 4);
    for (const socket of slow) socket.pause();
    const [slowOnes, others] = [Promise.all(slow.map(echo)), Promise.all(sockets.slice(4).map(echo))];
    expect(await others).toEqual([true, true, true, true]);
    for (const socket of slow) socket.resume();
    expect(await slowOnes).toEqual([true, true, true, true]);
    for (const socket of sockets) socket.terminate();
  });

  it('refuses a message above 256 MiB with its first bytes, with the code for that', async () => {
    const socket = await openSocket(bench.port, HOST);
    const seen = app.sockets.size;
    const closed = closeOf(socket);
    const raw = Reflect.get(socket, '_socket') as Socket;
    raw.write(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x10, 0, 0, 1, 1, 2, 3, 4]));
    expect(await closed).toBe(1009);
    await until(() => app.sockets.size === seen - 1);
  });

  it('is refused before the upstream is dialled when another site asked for it', async () => {
    const before = app.upgrades.length;
    for (const Origin of ['http://evil.localhost', 'null', `https://${HOST}`, `http://${HOST}.evil`]) {
      await expect(openSocket(bench.port, HOST, { headers: { Origin } })).rejects.toThrow('403');
    }
    await expect(openSocket(bench.port, 'nobody.localhost')).rejects.toThrow('404');
    expect(app.upgrades).toHaveLength(before);
  });

  it('ends on both sides when either side closes, with the code, or dies', async () => {
    const closing = await openSocket(bench.port, HOST);
    const [own] = [...app.sockets].slice(-1);
    const closed = closeOf(closing);
    own?.close(4001, 'bye');
    expect(await closed).toBe(4001);

    const leaving = await openSocket(bench.port, HOST);
    app.closes.length = 0;
    leaving.close(4002);
    await until(() => app.closes.includes(4002));

    const dying = await openSocket(bench.port, HOST);
    const sockets = app.sockets.size;
    dying.terminate();
    await until(() => app.sockets.size === sockets - 1);

    const orphan = await openSocket(bench.port, HOST);
    const gone = closeOf(orphan);
    for (const socket of app.sockets) socket.terminate();
    expect(await gone).toBe(1006);
    await until(() => bench.gateway.pool.sockets === 0);
  });

  it('is counted for its instance while it is open', async () => {
    const socket = await openSocket(bench.port, HOST);
    await until(() => bench.controlPlane.sockets(instance.id) === 1);
    socket.close();
    await until(() => bench.controlPlane.sockets(instance.id) === 0);
    expect(bench.gateway.pool.sockets).toBe(0);
  });

  it('that the app refuses gets the app\'s own answer, and the connection carries nothing more', async () => {
    const text = await askRaw(bench.port, `GET /no HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bad\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(app.seen.map(({ url }) => url)).not.toContain('/smuggled');
  });

  it('reads no faster than the visitor takes', async () => {
    const socket = await openSocket(bench.port, HOST);
    const [own] = [...app.sockets].slice(-1);
    socket.pause();
    const before = process.memoryUsage().rss;
    const block = Buffer.alloc(2 ** 20);
    for (let i = 0; i < 8; i++) own?.send(block);
    let received = 0;
    socket.on('message', (data: Buffer) => (received += data.length));
    socket.resume();
    await until(() => received === 8 * 2 ** 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 2 ** 20);
    socket.terminate();
  });
});

describe.each(['visitor', 'app'] as const)('a WebSocket that its %s closes', (first) => {
  const FRAMES = { visitor: Buffer.from([0x88, 0x82, 1, 2, 3, 4, 0x03 ^ 1, 0xe8 ^ 2]), app: Buffer.from([0x88, 2, 0x03, 0xe8]) };
  const host = `closing-${first}.localhost`;

  it('ends on both sides once the other agrees, though neither hangs up', async () => {
    const ends = { visitor: Promise.withResolvers<string>(), app: Promise.withResolvers<string>() };
    /** Answers the other's close unless its own came before, and never ends by itself. */
    const closes = (socket: Socket, side: 'visitor' | 'app'): void => {
      let said = '';
      const other = FRAMES[side === 'app' ? 'visitor' : 'app'].toString('latin1');
      if (side === first) socket.write(FRAMES[side]);
      socket.on('data', (chunk: Buffer) => {
        said += chunk.toString('latin1');
        if (side !== first && said.endsWith(other)) socket.write(FRAMES[side]);
      });
      socket.once('end', () => ends[side].resolve(said.slice(-other.length)));
    };
    const silent = createServer({ allowHalfOpen: true }, (socket) => socket.once('data', () => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      closes(socket, 'app');
    })).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    await bench.route(host, anApp(), [anInstance({ address: `127.0.0.1:${(silent.address() as AddressInfo).port}` })]);
    const visitor = connect({ port: bench.port, host: '127.0.0.1', allowHalfOpen: true });
    visitor.write(`GET /_stcore/stream HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`);
    if (first === 'visitor') await once(visitor, 'data');
    closes(visitor, 'visitor');
    expect(await Promise.all([ends.visitor.promise, ends.app.promise])).toEqual([FRAMES.app.toString('latin1'), FRAMES.visitor.toString('latin1')]);
    await until(() => bench.gateway.pool.sockets === 0);
    visitor.destroy();
    silent.close();
  });
});

describe('an upgrade to something else', () => {
  it('is an ordinary request', async () => {
    const answer = await ask(bench.port, HOST, '/', { headers: { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'x' } });
    expect(answer.text).toBe('hello');
    expect(app.seen.at(-1)!.rawHeaders.join(' ')).not.toMatch(/h2c|http2/i);
  });
});

describe('an upstream that answers a handshake with nonsense', () => {
  it('is 502 for its visitor and nothing for others', async () => {
    const nonsense = createServer((socket) => socket.on('error', () => socket.destroy()).end('SSH-2.0-x\r\n\r\n'));
    await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve));
    const bound = nonsense.address();
    await bench.route('nonsense.localhost', anApp(), [anInstance({ address: `127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}` })]);
    await expect(openSocket(bench.port, 'nonsense.localhost')).rejects.toThrow('502');
    nonsense.close();
  });
});
