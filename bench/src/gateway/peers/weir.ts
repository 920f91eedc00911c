import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../machine.ts';
import type { Peer } from '../peer.ts';

const MAIN = fileURLToPath(new URL('../../../../services/gateway/dist/main.js', import.meta.url));

/** Ids as the product makes them: 26 characters, those of a number at the end. */
const id = (kind: string, i: number): string => `${kind}_${String(i).padStart(26, '0')}`;

/** A route of `docs/route-snapshot.md`. Without an address the app sleeps, stopped. */
export const benchRoute = (i: number, hostname: string, address?: string): object => ({
  hostname,
  app: id('app', i),
  status: address === undefined ? 'asleep' : 'live',
  policy: { kind: 'public' },
  framework: { name: 'streamlit', version: '1.64.0' },
  instances: address === undefined ? [] : [{ id: id('ins', i), release: id('rel', i), attempt: 1, address, state: 'serving' }],
});

export const benchSnapshot = (routes: readonly object[]): object => ({ version: 2, cursor: 1, consoleHost: 'console.localhost', routes });

export interface Alone {
  readonly port: number;
  readonly folder: string;
  readonly routes: readonly object[];
  /** Nothing listens there unless it is given: the gateway serves from its snapshot. */
  readonly controlPlaneUrl?: string;
}

/** What the built gateway needs to run alone: a snapshot file, and the environment and arguments of `./weir up`. */
export async function gatewayAlone({ port, folder, routes, controlPlaneUrl }: Alone): Promise<{ args: string[]; env: NodeJS.ProcessEnv }> {
  const file = join(folder, 'routes.json');
  writeFileSync(file, JSON.stringify(benchSnapshot(routes)));
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  return {
    args: ['--max-semi-space-size=2', '--no-allocation-site-pretenuring', '--enable-source-maps', MAIN],
    env: {
      NODE_ENV: 'production',
      WEIR_LISTEN: `127.0.0.1:${port}`,
      WEIR_ADMIN_PORT: String(await freePort()),
      WEIR_CONTROL_PLANE_URL: controlPlaneUrl ?? nowhere,
      WEIR_WORKER_URL: nowhere,
      WEIR_CONSOLE_INTERNAL_URL: nowhere,
      WEIR_INTERNAL_TOKEN: 'benchmark-token-of-no-use-elsewhere',
      WEIR_SNAPSHOT_FILE: file,
      // All visitors of a benchmark come from one address.
      WEIR_MAX_CONNECTIONS_PER_ADDRESS: '1000000',
      WEIR_MAX_NEW_CONNECTIONS_PER_ADDRESS: '1000000',
      WEIR_LOG_LEVEL: 'warn', // as the others, which write no access log either
    },
  };
}

export const weir: Peer = {
  name: 'Weir',
  isCompiledWhileRunning: true,
  async open({ apps, port, folder, start }) {
    const routes = apps.map(({ host, port: to }, i) => benchRoute(i + 1, host, `127.0.0.1:${to}`));
    const { args, env } = await gatewayAlone({ port, folder, routes });
    return start(process.execPath, args, env);
  },
};
