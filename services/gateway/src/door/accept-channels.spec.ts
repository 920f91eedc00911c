import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { NOBODY, type Channel } from '../transport/channel.ts';
import { acceptChannels } from './accept-channels.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const listening = async (): Promise<Server> => {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return server;
};

const answering = (channel: Channel): void => {
  channel.reader = { ...NOBODY, receive: (chunk, lent) => (channel.socket.end(`${lent ? 'lent' : 'own'} ${chunk.toString()}`), true) };
  channel.resume();
};

const asked = async (server: Server): Promise<string> => {
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write('hello'));
  return Buffer.concat(await socket.toArray()).toString();
};

it('makes a channel of what a listening server accepts, without a stream of its own', async () => {
  const server = await listening();
  let streams = 0;
  server.on('connection', () => (streams += 1));
  acceptChannels(server, answering);
  expect([await asked(server), streams]).toEqual(['lent hello', 0]);
});

it('takes the streams of a server whose handle is none that it knows', async () => {
  const server = createServer({ allowHalfOpen: true });
  open.push(server);
  acceptChannels(server, answering);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  expect(await asked(server)).toBe('own hello');
});
