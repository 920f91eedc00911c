import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A worker that says which images its engine has lost: those that a test has put among the `missing`. */
export async function pretendEngine(): Promise<{ url: string; missing: Set<string>; close: () => void }> {
  const missing = new Set<string>();
  const server = createServer((_, response) => void response.end(JSON.stringify({ missing: [...missing] })));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, missing, close: () => server.close() };
}
