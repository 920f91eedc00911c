import type { PythonView } from '@weir/contracts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const one = (version: string, more: Partial<PythonView>): PythonView => ({ version, isDefault: false, state: 'unavailable', from: null, sizeBytes: null, step: null, reason: null, ...more });

/** A worker that says which Pythons there are: one is ready, one can be made, others cannot be had. What it makes is ready when it is asked again. */
export async function pretendPythons(token: string): Promise<{ url: string; close: () => void }> {
  const items = [one('3.9', { reason: 'the mirror does not answer for http://mirror.internal:3142/debian/dists/bullseye/InRelease, nor registry.internal:5000/python:3.9-slim' }), one('3.10', { reason: 'nobody has it' }), one('3.11', { isDefault: true, state: 'ready', from: 'memory', sizeBytes: 1 }), one('3.13', { state: 'on-first-need', from: 'memory' })];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const named = items.findIndex(({ version }) => url === `/internal/pythons/${version}`);
    const isKnown = headers.authorization === `Bearer ${token}`;
    if (isKnown && method === 'GET' && url === '/internal/pythons') {
      for (const [i, python] of items.entries()) if (python.state === 'preparing') items[i] = { ...python, state: 'ready', step: null, sizeBytes: 2_000_000 };
      response.end(JSON.stringify({ items }));
    } else if (isKnown && method === 'POST' && items[named]) {
      items[named] = { ...items[named], state: 'preparing', step: 'unpacking' };
      response.end(JSON.stringify(items[named]));
    } else response.writeHead(isKnown ? 404 : 401).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
