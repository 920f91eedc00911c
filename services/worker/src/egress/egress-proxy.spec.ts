import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EgressPolicy } from './egress-policy.ts';
import { EgressProxy } from './egress-proxy.ts';

describe('the proxy of a sandbox', () => {
  const inside: Server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', trailer: 'x-sum', connection: 'close' });
    request.setEncoding('utf8').on('data', (chunk: string) => response.write(chunk)).on('end', () => response.end(request.headers['x-kept'] as string | undefined));
  });
  const denied: string[] = [];
  let folder: string;
  let proxy: EgressProxy;
  let host: string;

  /** What comes back for these bytes, word for word. */
  const say = (bytes: string): Promise<string> => {
    const socket = connect(join(folder, 'proxy.sock'));
    socket.write(bytes.replaceAll('HOST', host));
    return text(socket);
  };

  beforeAll(async () => {
    inside.listen(0, '127.0.0.1');
    await once(inside, 'listening');
    host = `127.0.0.1:${(inside.address() as AddressInfo).port}`;
    folder = await mkdtemp(join(tmpdir(), 'weir-proxy-'));
    proxy = new EgressProxy({ path: join(folder, 'proxy.sock'), policy: new EgressPolicy([host]), onDenied: (to) => denied.push(to) });
    await proxy.listen();
  });
  afterAll(async () => {
    await proxy.close();
    inside.close();
    await rm(folder, { recursive: true });
  });

  // Node throws at a header for trailers in a message without chunks: in a handler nobody waits for, which ends the worker.
  it.each(['Trailer: X', 'Expect: 200-ok', 'Upgrade: h2c\r\nConnection: upgrade', 'TE: trailers', 'Keep-Alive: x', 'X-Latin: \u00ff'])('B11 lives on when a build sends “%s”', async (header) => {
    await say(`GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\n${header}\r\nConnection: close\r\n\r\n`);
    expect(await say('GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\nX-Kept: it lives\r\nConnection: close\r\n\r\n')).toContain('it lives');
  });

  it('carries a body in chunks', async () => {
    expect(await say('POST http://HOST/ HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n4\r\nbody\r\n0\r\n\r\n')).toContain('body');
  });

  it.each(['GET / HTTP/1.1\r\n\r\n', 'CONNECT /etc/passwd:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'CONNECT [::ffff:127.0.0.1]:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'CONNECT 0x7f.1:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'GET http://u:p@169.254.169.254/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', `\0${'x'.repeat(20_000)}\r\n\r\n`])('B4 refuses %j', async (bytes) => {
    expect(await say(bytes)).toMatch(/^HTTP\/1.1 4\d\d |^$/);
  });

  it('B13 tells of fifty destinations that are refused, however many a build tries', async () => {
    for (let port = 1; port <= 80; port++) await say(`CONNECT 10.0.0.1:${port} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(denied.length).toBe(50);
  });

  it('B11 looks up few names at once, however many a build asks for: others need the resolver too', async () => {
    const asked: string[] = [];
    const slow = new EgressPolicy([], (name) => {
      asked.push(name);
      return new Promise(() => undefined);
    });
    const path = join(folder, 'slow.sock');
    const busy = new EgressProxy({ path, policy: slow, onDenied: () => undefined });
    await busy.listen();
    const answers = Array.from({ length: 40 }, (_, i) => {
      const socket = connect(path);
      socket.write(`CONNECT name-${i}.example:443 HTTP/1.1\r\nHost: x\r\n\r\n`);
      return text(socket);
    });
    await expect.poll(() => asked.length).toBe(16);
    const refused = await Promise.all(answers.slice(16).map((answer) => Promise.race([answer, Promise.any(answers)])));
    expect(refused.every((answer) => answer.includes('too many names'))).toBe(true);
    await busy.close();
    expect(asked).toHaveLength(16);
  });
});
