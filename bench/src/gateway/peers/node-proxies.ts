import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../machine.ts';
import type { BenchApp, Peer } from '../peer.ts';

/** They have a lock of their own, and are no dependency of Weir. */
export const PEERS_FOLDER = fileURLToPath(new URL('../../../peers', import.meta.url));

const ENVIRONMENT = { NODE_ENV: 'production' };
const START_MS = 10_000;

/** JupyterHub's proxy. Its routes are given over its API, by host. */
export const configurableHttpProxy: Peer = {
  name: 'configurable-http-proxy',
  isCompiledWhileRunning: true,
  async open({ apps, port, start }) {
    const api = await freePort();
    const script = join(PEERS_FOLDER, 'node_modules/configurable-http-proxy/bin/configurable-http-proxy');
    const child = start(process.execPath, [script, '--ip', '127.0.0.1', '--port', String(port), '--api-ip', '127.0.0.1', '--api-port', String(api), '--host-routing', '--log-level', 'error'], ENVIRONMENT);
    for (const app of apps) await addRoute(api, app);
    return child;
  },
};

async function addRoute(api: number, { host, port }: BenchApp): Promise<void> {
  const body = JSON.stringify({ target: `http://127.0.0.1:${port}` });
  for (const limit = performance.now() + START_MS; ; await delay(50)) {
    const answer = await fetch(`http://127.0.0.1:${api}/api/routes/${host}`, { method: 'POST', body }).catch((error: unknown) => {
      if (performance.now() > limit) throw error;
    });
    if (answer?.ok) return;
    if (answer) throw new Error(`configurable-http-proxy took no route: ${answer.status}`);
  }
}

export const httpProxy3: Peer = {
  name: 'http-proxy-3',
  isCompiledWhileRunning: true,
  open: ({ apps, port, start }) => start(process.execPath, [join(PEERS_FOLDER, 'http-proxy-3.mjs'), String(port), ...apps.map(({ host, port: to }) => `${host}=http://127.0.0.1:${to}`)], ENVIRONMENT),
};
