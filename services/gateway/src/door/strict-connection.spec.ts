import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import { AssetCache } from '../assets/asset-cache.ts';
import { Shells } from '../assets/shells.ts';
import { Channel } from '../transport/channel.ts';
import { UpstreamPool } from '../transport/upstream-pool.ts';
import { StrictConnection } from './strict-connection.ts';

const log = pino({ level: 'silent' });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A visitor, and the connection that serves him: every request is answered with `body`. */
async function serve(body: Buffer): Promise<{ visitor: Socket; connection: StrictConnection; channel: Channel }> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const visitor = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  const [socket] = (await once(server, 'connection')) as [Socket];
  const channel = Channel.over(socket);
  const answer = { status: 404, headers: { 'Content-Length': body.length }, body };
  const connection = new StrictConnection(channel, { address: '127.0.0.1', scheme: 'http' }, {
    pool: new UpstreamPool(),
    assets: new AssetCache(log),
    shells: new Shells(log),
    request: () => ({ kind: 'answer', passage: undefined, outcome: 'page', answer }),
    upgrade: () => undefined,
    handOver: () => undefined,
    refused: () => undefined,
    left: () => undefined,
    isDraining: () => false,
  });
  channel.resume();
  return { visitor, connection, channel };
}

const until = (holds: () => boolean): Promise<unknown> => vi.waitUntil(holds, { timeout: 10_000, interval: 5 });
const request = (...lines: string[]): string => ['PUT / HTTP/1.1', 'Host: a.localhost', ...lines, '', ''].join('\r\n');

it('a visitor who takes nothing of an answer is let go, and one who takes a little is not', async () => {
  const { visitor, connection, channel } = await serve(Buffer.alloc(32_000_000));
  visitor.write(request('Content-Length: 0'));
  await until(() => channel.unsent > 0);
  const sweep = (times: number): void => {
    for (let count = 0; count < times; count++) connection.sweep(performance.now());
  };
  sweep(1);
  const left = channel.unsent;
  visitor.resume();
  await until(() => channel.unsent < left);
  visitor.pause();
  sweep(60);
  expect(channel.socket.destroyed).toBe(false);
  sweep(1);
  expect(channel.socket.destroyed).toBe(true);
  visitor.destroy();
});

it('whoever was told the last answer has three seconds for what he still sends', async () => {
  const { visitor, connection, channel } = await serve(Buffer.from('no'));
  visitor.write(request('Connection: close', 'Content-Length: 100'));
  await until(() => channel.socket.writableEnded);
  connection.sweep(performance.now());
  connection.sweep(performance.now() + 4_000);
  expect(channel.socket.destroyed).toBe(true);
  visitor.destroy();
});
