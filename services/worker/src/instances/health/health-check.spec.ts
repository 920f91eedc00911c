import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { checkHealth } from './health-check.ts';

describe('a health check', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  async function ask(listener: RequestListener, framework = 'streamlit'): Promise<boolean> {
    const listening = Promise.withResolvers<void>();
    server = createServer(listener).listen(0, '127.0.0.1', listening.resolve);
    await listening.promise;
    return checkHealth(`127.0.0.1:${(server.address() as AddressInfo).port}`, { name: framework, version: null }, 300);
  }

  it('takes nothing but Streamlit’s own words', async () => {
    expect(await ask((_, answer) => answer.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok'))).toBe(true);
    expect(await ask((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('ok'))).toBe(false);
    expect(await ask((_, answer) => answer.writeHead(503, { 'content-type': 'text/plain' }).end('ok'))).toBe(false);
    expect(await ask((_, answer) => answer.writeHead(200, { 'content-type': 'text/plain' }).end('x'.repeat(100_000)))).toBe(false);
  });

  it('takes no answer in time, or none at all, as not well', async () => {
    expect(await ask(() => undefined)).toBe(false);
    expect(await ask((request) => request.socket.destroy())).toBe(false);
    expect(await checkHealth('127.0.0.1:1', { name: 'streamlit', version: null }, 300)).toBe(false);
  });

  it('takes any page of another framework', async () => {
    expect(await ask((_, answer) => answer.writeHead(404).end(), 'dash')).toBe(true);
    expect(await ask((_, answer) => answer.writeHead(500).end(), 'dash')).toBe(false);
  });
});
