import { mkdtempSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { anApp, anInstance, openBench, type Bench } from './bench.ts';
import { hasOpenssl, makeCertificate } from './certificate.ts';
import { Upstream } from './upstream.ts';
import { ask, DOCUMENT, headerOf, nextMessage } from './visitor.ts';

const HOST = 'hello.localhost';
const folder = mkdtempSync(join(tmpdir(), 'weir-tls-'));
let bench: Bench;
let app: Upstream;
let tlsPort = 0;

const unchecked = { rejectUnauthorized: false } as const;

/** The handshake as a browser makes it. */
const shake = (options: ConnectionOptions = {}): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port: tlsPort, ...unchecked, ...options }, () => resolve(socket));
    socket.once('error', reject);
  });

const serialOf = async (servername: string): Promise<string> => {
  const socket = await shake({ servername });
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
};

const fetchOverTls = (headers: Record<string, string> = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: tlsPort, servername: HOST, headers: { Host: HOST, ...headers }, agent: false, ...unchecked }, (answer) => resolve(answer.resume())).on('error', reject).end();
  });

describe.skipIf(!hasOpenssl)('TLS at the gateway', () => {
  beforeAll(async () => {
    const certificates = [makeCertificate(folder, 'apps', ['localhost', '*.localhost'], 1), makeCertificate(folder, 'own', ['data.example'], 2)];
    bench = await openBench({ WEIR_TLS_LISTEN: ['127.0.0.1:0'], WEIR_TLS_CERTIFICATES: certificates, WEIR_HTTPS_PORT: 8443 });
    app = await Upstream.open('hello');
    await bench.route(HOST, anApp(), [anInstance(app)]);
    tlsPort = bench.gateway.ports[1]!;
  });
  afterAll(() => bench.stop());

  it('serves requests, says https to the app, and binds the browser with a cookie that no other host can set', async () => {
    const answer = await fetchOverTls(DOCUMENT);
    expect(answer.statusCode).toBe(200);
    expect(headerOf(app.seen.at(-1)!.rawHeaders, 'x-forwarded-proto')).toEqual(['https']);
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-weir_affinity=ins_\w+\.1\.[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)]);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
    const again = await fetchOverTls({ Cookie: answer.headers['set-cookie']![0]!.split(';')[0]! });
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(headerOf(app.seen.at(-1)!.rawHeaders, 'cookie')).toEqual([]);
  });

  it('carries WebSockets of its own origin, in messages of any size, and of no other', async () => {
    const open = (origin: string): WebSocket => new WebSocket(`wss://127.0.0.1:${tlsPort}/_stcore/stream`, ['streamlit'], { ...unchecked, headers: { Host: HOST, Origin: origin }, perMessageDeflate: false, maxPayload: 0 });
    const socket = open(`https://${HOST}`);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    for (const size of [1, 70_000, 5_000_000]) {
      const answer = nextMessage(socket);
      socket.send(Buffer.alloc(size, 3));
      expect((await answer).length).toBe(size);
    }
    socket.terminate();
    const foreign = open(`http://${HOST}`);
    expect(await new Promise((resolve) => foreign.once('unexpected-response', (_, answer) => resolve(answer.statusCode)).on('error', () => undefined))).toBe(403);
  });

  it('shows the certificate that fits the name, else the first', async () => {
    expect([await serialOf(HOST), await serialOf('DATA.example'), await serialOf('elsewhere.example')]).toEqual(['01', '02', '01']);
  });

  it('speaks TLS 1.2 and 1.3 with forward secrecy, nothing older and no other protocol', async () => {
    const socket = await shake({ ALPNProtocols: ['h2', 'http/1.1'] });
    expect([socket.getProtocol(), socket.alpnProtocol]).toEqual(['TLSv1.3', 'http/1.1']);
    socket.destroy();
    await expect(shake({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })).rejects.toThrow(/alert|protocol/i);
    await expect(shake({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' })).rejects.toThrow(/alert|cipher/i);
  });

  it('sends plain visits to https, but not those to this machine itself', async () => {
    const answer = await ask(bench.port, `${HOST}:8080`, '/x?y=1', { headers: DOCUMENT });
    expect([answer.status, answer.headers.location]).toEqual([302, `https://${HOST}:8443/x?y=1`]);
    expect((await ask(bench.port, 'localhost', '/api/v1/me')).text).toBe('control-plane');
  });

  it('survives what is no handshake, and connections that stop in the middle of one', async () => {
    const plain = await new Promise<string>((resolve) => {
      get({ host: '127.0.0.1', port: tlsPort, agent: false }, () => resolve('answered')).on('error', ({ message }) => resolve(message));
    });
    expect(plain).not.toBe('answered');
    await Promise.all(Array.from({ length: 50 }, () => new Promise<void>((resolve) => {
      const socket = connect(tlsPort, '127.0.0.1', () => socket.write(Buffer.from('16030100f5010000f1', 'hex'), () => socket.resetAndDestroy()));
      socket.on('error', () => socket.destroy()).on('close', () => resolve());
    })));
    expect((await fetchOverTls()).statusCode).toBe(200);
    expect((await ask(bench.gateway.adminPort, 'localhost', '/metrics')).text).toMatch(/refused_total\{reason="tls"\} \d/);
  });

  it('shows a renewed certificate within seconds and drops no connection for it; a broken one changes nothing', async () => {
    const open = await shake({ servername: 'data.example' });
    makeCertificate(folder, 'own', ['data.example'], 7);
    await expect.poll(() => serialOf('data.example'), { timeout: 10_000 }).toBe('07');
    open.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`);
    expect(String(await new Promise((resolve) => open.once('data', resolve)))).toMatch(/^HTTP\/1\.1 200/);
    open.destroy();

    writeFileSync(join(folder, 'own.crt'), 'nonsense');
    const third = makeCertificate(folder, 'third', ['localhost'], 9);
    await expect(openBench({ WEIR_TLS_LISTEN: ['127.0.0.1:0'], WEIR_TLS_CERTIFICATES: [{ certificate: third.certificate, key: join(folder, 'apps.key') }] })).rejects.toThrow(/key values mismatch/);
    expect(await serialOf('data.example')).toBe('07');
  });
});
