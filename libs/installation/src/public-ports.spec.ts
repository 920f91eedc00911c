import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryPort } from './ports.ts';
import { checkPublicPorts } from './public-ports.ts';
import { Settings } from './settings.ts';

describe('the public ports', () => {
  let other: Server;
  let taken: number;
  let free: number;
  beforeEach(async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    taken = (other.address() as AddressInfo).port;
    free = (await tryPort(0)) ?? 0;
  });
  afterEach(() => void other.close());
  const settings = (port: number, tlsListen?: string) => Settings.parse({ port, gateway: tlsListen ? { WEIR_TLS_LISTEN: tlsListen } : {} });

  it('are refused where somebody else has one, with or without TLS', async () => {
    await expect(checkPublicPorts(settings(taken))).rejects.toMatchObject({ code: 'port.taken' });
    await expect(checkPublicPorts(settings(free, `127.0.0.1:${taken}`))).rejects.toMatchObject({ code: 'port.taken' });
    await expect(checkPublicPorts(settings(free))).resolves.toBeUndefined();
  });

  it('are ours while we run on them', async () => {
    await expect(checkPublicPorts(settings(free, `0.0.0.0:${taken}`), settings(taken))).resolves.toBeUndefined();
    await expect(checkPublicPorts(settings(taken), settings(free, `127.0.0.1:${taken}`))).resolves.toBeUndefined();
  });
});
