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
  async function ask(listener: RequestListener, name = 'streamlit', version: string | null = null, timeoutMs = 5000): Promise<boolean> {
    const listening = Promise.withResolvers<void>();
    server = createServer(listener).listen(0, '127.0.0.1', listening.resolve);
    await listening.promise;
    return checkHealth(`127.0.0.1:${(server.address() as AddressInfo).port}`, { name, version }, timeoutMs);
  }

  /** What Streamlit answers as measured: its page on any unknown path, its word with the type of its web server on its own. */
  const streamlit = (healthPath: string, type: string): RequestListener => (request, answer) =>
    request.url === healthPath ? answer.writeHead(200, { 'content-type': type }).end('ok') : answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');

  it.each([['1.12.0', '/healthz', 'text/html; charset=UTF-8'], ['1.28.0', '/_stcore/health', 'text/html; charset=UTF-8'], ['1.46.0', '/_stcore/health', 'text/html; charset=UTF-8'], ['1.67.0', '/_stcore/health', 'text/plain; charset=utf-8']])(
    'asks Streamlit %s at %s, and nowhere else', async (version, path, type) => {
      expect(await ask(streamlit(path, type), 'streamlit', version)).toBe(true);
      expect(await ask(streamlit('/other', type), 'streamlit', version)).toBe(false);
    },
  );

  it('takes nothing but Streamlit’s own word', async () => {
    expect(await ask((_, answer) => answer.writeHead(503, { 'content-type': 'text/plain' }).end('ok'))).toBe(false);
    expect(await ask((_, answer) => answer.writeHead(200, { 'content-type': 'text/plain' }).end('x'.repeat(100_000)))).toBe(false);
  });

  it('takes no answer in time, or none at all, as not well', async () => {
    expect(await ask(() => undefined, 'streamlit', null, 100)).toBe(false);
    expect(await ask((request) => request.socket.destroy())).toBe(false);
    expect(await checkHealth('127.0.0.1:1', { name: 'streamlit', version: null }, 5000)).toBe(false);
  });

  it('takes any page of another framework', async () => {
    expect(await ask((_, answer) => answer.writeHead(404).end(), 'dash')).toBe(true);
    expect(await ask((_, answer) => answer.writeHead(500).end(), 'dash')).toBe(false);
  });
});
