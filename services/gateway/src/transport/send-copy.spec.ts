import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { sendCopy } from './send-copy.ts';

it.each([1, 131_072, 131_073, 300_000])('%i bytes leave as they are, whatever becomes of theirs', async (length) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  const chunk = Buffer.alloc(length, 'a');
  sendCopy(near, chunk);
  chunk.fill('b');
  near.end();
  expect(Buffer.concat(await far.toArray()).equals(Buffer.alloc(length, 'a'))).toBe(true);
  server.close();
});
