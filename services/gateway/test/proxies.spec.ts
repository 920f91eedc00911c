import { mkdtempSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, anInstance, openBench, until, type Bench } from './bench.ts';
import { hasOpenssl, makeCertificate } from './certificate.ts';
import { Upstream } from './upstream.ts';
import { ask, askRaw, headerOf, openSocket } from './visitor.ts';

const HOST = 'hello.localhost';
let bench: Bench;
let app: Upstream;
const seenBy = (name: string): string[] => headerOf(app.seen.at(-1)!.rawHeaders, name);
const GET = `GET / HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`;

beforeAll(async () => {
  bench = await openBench({ WEIR_TRUSTED_PROXIES: ['127.0.0.1', '10.0.0.0/8'] });
  app = await Upstream.open('hello');
  await bench.route(HOST, anApp(), [anInstance(app)]);
});
afterAll(() => bench.stop());

describe('a proxy in front whose address is listed', () => {
  it('says who its client is, how it came and which host it asked for', async () => {
    const answer = await ask(bench.port, 'inside', '/', { headers: ['X-Forwarded-For', '6.6.6.6, 198.51.100.1, 10.1.2.3', 'X-Forwarded-Proto', 'https', 'X-Forwarded-Host', HOST, 'Forwarded', 'for=6.6.6.6'] });
    expect(answer.text).toBe('hello');
    expect([seenBy('x-forwarded-for'), seenBy('x-forwarded-proto'), seenBy('x-forwarded-host'), seenBy('host'), seenBy('forwarded')]).toEqual([['198.51.100.1'], ['https'], [HOST], [HOST], []]);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-weir_affinity=.*; Secure$/);
  });

  it('carries WebSockets of the origin that its client sees', async () => {
    const headers = { 'X-Forwarded-Proto': 'https', Origin: `https://${HOST}` };
    (await openSocket(bench.port, HOST, { headers })).terminate();
    await expect(openSocket(bench.port, HOST, { headers: { ...headers, Origin: `http://${HOST}` } })).rejects.toThrow('403');
  });

  it('that says nothing is a client like any other', async () => {
    await ask(bench.port, HOST);
    expect([seenBy('x-forwarded-for'), seenBy('x-forwarded-proto')]).toEqual([['127.0.0.1'], ['http']]);
  });
});

describe('anybody else', () => {
  it('is believed nothing', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      let all = '';
      const socket = connect({ port: bench.port, host: '127.0.0.1', localAddress: '127.0.0.9' }, () => socket.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: console.localhost\r\nConnection: close\r\n\r\n`));
      socket.on('data', (data) => (all += data.toString())).on('error', reject).on('close', () => resolve(all));
    });
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*hello$/);
    expect([seenBy('x-forwarded-for'), seenBy('x-forwarded-proto'), seenBy('x-forwarded-host')]).toEqual([['127.0.0.9'], ['http'], [HOST]]);
  });

  it('sends no PROXY header where none is expected', async () => {
    expect(await askRaw(bench.port, `PROXY TCP4 198.51.100.1 10.0.0.1 1 80\r\n${GET}`)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a listener with PROXY protocol', () => {
  let own: Bench;
  const V2 = Buffer.concat([Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1'), Buffer.from([0x21, 0x11, 0, 12, 198, 51, 100, 7, 10, 0, 0, 1, 1, 1, 0, 80])]).toString('latin1');
  const V1 = 'PROXY TCP4 198.51.100.1 10.0.0.1 12345 80\r\n';

  /** Sends pieces, each in a segment of its own. */
  const send = (pieces: readonly (string | Buffer)[], from = '127.0.0.1'): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const socket = connect({ port: own.port, host: '127.0.0.1', localAddress: from, noDelay: true }, () => {
        const [first = '', ...rest] = pieces;
        const next = (piece: string | Buffer | undefined, left: readonly (string | Buffer)[]): void => {
          if (piece !== undefined && socket.writable) socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece, () => setImmediate(() => next(left[0], left.slice(1))));
        };
        next(first, rest);
      });
      socket.on('data', (data) => (text += data.toString())).on('error', () => socket.destroy()).on('close', () => resolve(text));
    });

  beforeAll(async () => {
    const tls = hasOpenssl ? { WEIR_TLS_LISTEN: ['[::1]:0'], WEIR_TLS_CERTIFICATES: [makeCertificate(mkdtempSync(join(tmpdir(), 'weir-proxies-')), 'a', [HOST])] } : {};
    own = await openBench({ WEIR_LISTEN: ['127.0.0.1:0'], WEIR_TRUSTED_PROXIES: ['127.0.0.1', '::1', '10.0.0.0/8'], WEIR_PROXY_PROTOCOL_LISTEN: ['127.0.0.1:0', '[::1]:0'], ...tls });
    await own.route(HOST, anApp(), [anInstance(app)]);
  });
  afterAll(() => own.stop());

  it.each([['version 1', V1, '198.51.100.1'], ['version 2', V2, '198.51.100.7']])('takes the client from a header of %s, in one piece with the request or byte by byte', async (_, header, address) => {
    for (const pieces of [[header + GET], [header, GET], [...header.match(/[^]/g)!, GET], [header + GET.slice(0, 9), GET.slice(9)]]) {
      expect(await send(pieces)).toMatch(/^HTTP\/1\.1 200 [^]*hello$/);
      expect(seenBy('x-forwarded-for')).toEqual([address]);
    }
  });

  it('takes the word of trusted proxies behind that client as well', async () => {
    await send([`PROXY TCP4 10.0.0.5 10.0.0.1 12345 80\r\n${GET.replace('Connection', 'X-Forwarded-For: 198.51.100.9\r\nConnection')}`]);
    expect(seenBy('x-forwarded-for')).toEqual(['198.51.100.9']);
  });

  it.each<[string, string | Buffer]>([
    ['no header', GET], ['garbage', 'PROXY TCP4 nobody nowhere 1 2\r\n'], ['64 KB of junk', Buffer.alloc(65_536, 0x50)], ['a header without end', `PROXY UNKNOWN ${'x'.repeat(500)}`], ['half a signature', '\r\n\r\n\0\r\nQUIX'],
  ])('closes a connection with %s, and serves the next', async (_, bytes) => {
    const before = app.seen.length;
    expect(await send([bytes])).toBe('');
    expect(app.seen.length).toBe(before);
    expect(await send([V1 + GET])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('closes a connection whose header stops in the middle, within seconds', async () => {
    const from = performance.now();
    expect(await send([V1.slice(0, 20)])).toBe('');
    expect(performance.now() - from).toBeLessThan(8_000);
    expect((await ask(own.gateway.adminPort, 'localhost', '/metrics')).text).toMatch(/refused_total\{reason="proxy-header"\} \d/);
  });

  it('takes others for clients, whose PROXY header is nonsense', async () => {
    expect(await send([GET], '127.0.0.9')).toMatch(/^HTTP\/1\.1 200 /);
    expect(seenBy('x-forwarded-for')).toEqual(['127.0.0.9']);
    expect(await send([V1 + GET], '127.0.0.9')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('bounds its clients by their own addresses, not by the proxy\'s', async () => {
    const strict = await openBench({ WEIR_TRUSTED_PROXIES: ['127.0.0.1'], WEIR_PROXY_PROTOCOL_LISTEN: ['127.0.0.1:0'], WEIR_MAX_CONNECTIONS_PER_ADDRESS: 1 });
    const open = (header: string): Socket => {
      const socket = connect(strict.port, '127.0.0.1', () => socket.write(header));
      return socket.on('error', () => socket.destroy());
    };
    const answers: string[] = [];
    const sockets = [open(V1), open(V1.replace('198.51.100.1', '198.51.100.2'))];
    await until(() => strict.gateway.connections === 2);
    const third = open(V1).on('data', (data) => answers.push(data.toString()));
    sockets.push(third);
    await until(() => third.destroyed);
    expect(answers.join('')).toMatch(/^HTTP\/1\.1 429 /);
    expect(strict.gateway.connections).toBe(2);
    for (const socket of sockets) socket.destroy();
    await strict.stop();
  });

  it.skipIf(!hasOpenssl)('reads the header before TLS', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      let all = '';
      const raw = connect(own.gateway.ports[1]!, '::1', () => {
        raw.write(V1);
        const socket = connectTls({ socket: raw, servername: HOST, rejectUnauthorized: false }, () => socket.write(GET));
        socket.on('data', (data) => (all += data.toString())).on('error', reject).on('close', () => resolve(all));
      });
    });
    expect(text).toMatch(/^HTTP\/1\.1 200 [^]*hello$/);
    expect([seenBy('x-forwarded-for'), seenBy('x-forwarded-proto')]).toEqual([['198.51.100.1'], ['https']]);
  });
});
