import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw } from './visitor.ts';

let bench: Bench;
let app: Upstream;
const HOST = 'hello.localhost';
const RAW = 'raw.localhost';
const get = (path: string, more = '', host = HOST): string => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;

/** An upstream that answers with bytes as they are: by the target's path. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  '/early': ['HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  '/split': ['HTTP/1.1 200 OK\r\nContent-Le', 'ngth: 4\r\n\r\na', 'bcd'],
  '/chunks': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab', 'c\r\n0\r\nX: y\r', '\n\r\n'],
  '/bad-chunk': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n', '1;x\r\nb\r\n0\r\n\r\n'],
  '/two-lengths': ['HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  '/surplus': ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'],
  '/fine': ['HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine'],
  '/events': ['HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n'],
  '/news': ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(20_000), 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
  '/switch': ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
};

let raw: Server;
const fickleOnes: Server[] = [];
/** Whoever asks for `/none`. */
let waiting: Socket | undefined;

beforeAll(async () => {
  bench = await openBench();
  app = await Upstream.open('hello', (message, response) => {
    if (message.url === '/slow') return void setImmediate(() => response.end('slow'));
    if (message.url === '/refuse') return void response.writeHead(413, { Connection: 'close' }).end('too large');
    if (message.url === '/pour') return void response.end(Buffer.alloc(64 * 2 ** 20));
    if (message.url === '/wait') return;
    response.end(`${message.method} ${message.url}`);
  });
  raw = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const [, path = ''] = chunk.toString('latin1').split(' ');
      if (path === '/none' || path === '/events') waiting = socket;
      if (path === '/close') return void socket.end('HTTP/1.0 200 OK\r\n\r\nto the end');
      void write(socket, ANSWERS[path] ?? []);
    });
  });
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
  await bench.route(HOST, anApp(), [anInstance(app)]);
  await bench.route(RAW, anApp(), [anInstance({ address: `127.0.0.1:${(raw.address() as AddressInfo).port}` })]);
});
afterAll(async () => {
  await bench.stop();
  raw.close();
  for (const server of fickleOnes) server.close();
});

/** Each piece in a segment of its own. */
async function write(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise<void>((resolve) => socket.write(piece, 'latin1', () => resolve()));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

describe('a request to an upstream that hangs up in the moment it is asked again', () => {
  /** Serves one request a connection, and resets it at the second. */
  const fickle = async (): Promise<{ host: string; asked: string[] }> => {
    const asked: string[] = [];
    const server = createServer((socket) => {
      let isFirst = true;
      socket.on('error', () => socket.destroy()).on('data', (chunk) => {
        asked.push(chunk.toString('latin1').split(' ', 1)[0] ?? '');
        if (isFirst) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else socket.resetAndDestroy();
        isFirst = false;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    fickleOnes.push(server);
    const host = `fickle-${(server.address() as AddressInfo).port}.localhost`;
    await bench.route(host, anApp(), [anInstance({ address: `127.0.0.1:${(server.address() as AddressInfo).port}` })]);
    return { host, asked };
  };

  it.each([
    ['GET', 200, ['GET', 'GET', 'GET']],
    ['PUT', 502, ['GET', 'PUT']],
    ['POST', 502, ['GET', 'POST']],
    ['DELETE', 502, ['GET', 'DELETE']],
  ])('is repeated if that can do no harm: %s', async (method, status, seen) => {
    const { host, asked } = await fickle();
    expect((await ask(bench.port, host)).status).toBe(200);
    expect((await ask(bench.port, host, '/', { method })).status).toBe(status);
    expect(asked).toEqual(seen);
  });
});

describe('requests sent without waiting', () => {
  it('are answered in their order, each once, whoever reads them', async () => {
    const before = app.seen.length;
    const text = await askRaw(bench.port, `${get('/slow')}${get('/2')}POST /3 HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 3\r\n\r\nabc${get('/4')}POST /5 HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n${get('/6', 'Connection: close\r\n')}`);
    expect(text.match(/slow|(?:GET|POST) \/\d/g)).toEqual(['slow', 'GET /2', 'POST /3', 'GET /4', 'POST /5', 'GET /6']);
    expect(app.seen).toHaveLength(before + 6);
  });

  it('may be cut anywhere', async () => {
    const bytes = `${get('/1')}PUT /2 HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 4\r\n\r\nbody${get('/3', 'Connection: close\r\n')}`;
    for (const step of [1, 7, 40, 64]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) => bytes.slice(i * step, (i + 1) * step));
      const text = await new Promise<string>((resolve) => {
        let heard = '';
        const socket = connect(bench.port, '127.0.0.1', () => void write(socket, pieces));
        socket.setNoDelay(true).on('data', (chunk) => (heard += chunk.toString('latin1'))).on('close', () => resolve(heard));
      });
      expect(text.match(/(?:GET|PUT) \/\d/g)).toEqual(['GET /1', 'PUT /2', 'GET /3']);
    }
  });

  it('are answered though the client says no more', async () => {
    const text = await new Promise<string>((resolve) => {
      let heard = '';
      const socket = connect({ port: bench.port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(get('/slow') + get('/2')));
      socket.on('data', (chunk) => (heard += chunk.toString('latin1'))).on('close', () => resolve(heard)).on('end', () => socket.destroy());
    });
    expect(text).toMatch(/slow[^]*GET \/2$/);
  });
});

describe('an answer', () => {
  it.each([
    ['/early', 'ok'], ['/split', 'abcd'], ['/chunks', 'abc'], ['/close', 'to the end'],
  ])('%s reaches its visitor whole, and only once its head is final', async (path, body) => {
    const answer = await ask(bench.port, RAW, path);
    expect([answer.status, answer.text]).toEqual([200, body]);
  });

  it.each(['/two-lengths', '/switch', '/news'])('%s, of which nobody knows where it ends, is 502', async (path) => {
    expect((await ask(bench.port, RAW, path)).status).toBe(502);
  });

  it('whose chunks are oddly framed is never taken for a whole one', async () => {
    expect(['broken off', 502]).toContain(await ask(bench.port, RAW, '/bad-chunk').then(({ status }) => status, () => 'broken off'));
  });

  it('is never followed by what an upstream said unasked', async () => {
    const text = await askRaw(bench.port, get('/surplus', '', RAW) + get('/fine', 'Connection: close\r\n', RAW));
    expect(text).toMatch(/ok[^]*fine$/);
    expect(text).not.toContain('evil');
  });

  it('may come before the upload has, whose rest then goes nowhere', async () => {
    const text = await askRaw(bench.port, `PUT /refuse HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 200000\r\n\r\n${'x'.repeat(200_000)}${get('/next', 'Connection: close\r\n')}`);
    expect(text).toMatch(/^HTTP\/1\.1 413 [^]*too large[^]*GET \/next$/);
  });

  it('reaches whoever still uploads when it is the last', async () => {
    const upload = `PUT / HTTP/1.1\r\nHost: nobody.localhost\r\nConnection: close\r\nContent-Length: 8000000\r\n\r\n${'x'.repeat(8_000_000)}`;
    for (let count = 0; count < 20; count++) expect(await askRaw(bench.port, upload)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('is read no faster than its visitor takes it', async () => {
    const before = process.memoryUsage().rss;
    let taken = 0;
    const socket = connect(bench.port, '127.0.0.1', () => socket.write(get('/pour', 'Connection: close\r\n')));
    socket.once('data', (chunk) => {
      taken += chunk.length;
      socket.pause();
    });
    await until(() => socket.isPaused());
    await ask(bench.port, HOST);
    expect(process.memoryUsage().rss - before).toBeLessThan(160 * 2 ** 20); // the app's own 64 MiB and what two kernels hold among it
    socket.on('data', (chunk) => (taken += chunk.length)).resume();
    await until(() => taken > 64 * 2 ** 20);
    socket.destroy();
  });
});

describe('a visitor who leaves', () => {
  it('takes the upstream\'s request along', async () => {
    const socket = connect(bench.port, '127.0.0.1', () => socket.write(get('/none', '', RAW)));
    await until(() => waiting !== undefined);
    socket.resetAndDestroy();
    await until(() => waiting?.destroyed === true);
    expect((await ask(bench.port, RAW, '/fine')).text).toBe('fine');
  });

  it('after saying that he says no more is missed too, though the app has nothing to tell him', async () => {
    waiting = undefined;
    const socket = connect({ port: bench.port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(get('/events', '', RAW))).pause();
    await until(() => waiting !== undefined && waiting.bytesWritten > 0);
    await ask(bench.port, RAW, '/fine'); // the events have come by then
    const isOver = (): boolean => waiting?.destroyed === true;
    expect(isOver()).toBe(false);
    socket.destroy(); // with bytes that nobody read, which resets the connection
    await until(isOver);
  });
});

describe('a head that never ends', () => {
  it('is cut at a size', async () => {
    expect(await askRaw(bench.port, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nx: ${'x'.repeat(70_000)}`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('and lines without CR are judged at once', async () => {
    expect(await askRaw(bench.port, `GET / HTTP/1.1\nHost: ${HOST}\n\n`)).toMatch(/^HTTP\/1\.1 400 /);
  });
});
