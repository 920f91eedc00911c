import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { assertAddressesFree } from './assert-addresses-free.ts';
import { Settings } from './settings.ts';

/** Takes a port of an address while `use` runs. */
async function taking(host: string, use: (port: number) => Promise<void>): Promise<void> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  await use((server.address() as AddressInfo).port);
  server.close();
}

describe('where the gateway is to listen', () => {
  it('is refused while somebody else listens there, by a wildcard too', async () => {
    await taking('127.0.0.2', async (port) => {
      for (const host of ['127.0.0.2', '0.0.0.0']) {
        await expect(assertAddressesFree(Settings.parse({ port: 9, listen: [`${host}:${port}`] }), ['127.0.0.1:9', '[::1]:9']), host).rejects.toMatchObject({ code: 'port.taken' });
      }
    });
  });

  it('may be where a gateway of ours listens that is going to stop', async () => {
    await taking('127.0.0.1', async (port) => {
      await expect(assertAddressesFree(Settings.parse({ port, listen: ['0.0.0.0'] }))).rejects.toMatchObject({ code: 'port.taken' });
      await assertAddressesFree(Settings.parse({ port, listen: ['0.0.0.0'] }), [`127.0.0.1:${port}`, `[::1]:${port}`]);
    });
  });

  it('is an address of this machine, for TLS too', async () => {
    const held = ['127.0.0.1:9', '[::1]:9'];
    await expect(assertAddressesFree(Settings.parse({ port: 9, listen: ['203.0.113.1:8080'] }), held)).rejects.toMatchObject({ code: 'listen.no_such_address' });
    await expect(assertAddressesFree(Settings.parse({ port: 9, gateway: { WEIR_TLS_LISTEN: '203.0.113.1:8443' } }), held)).rejects.toMatchObject({ code: 'listen.no_such_address' });
  });
});
