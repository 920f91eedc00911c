import { request } from 'node:http';
import type { Up } from './weir.ts';

/** Asks the gateway for a path of an app: dials its address and names the app in `Host`, as a browser does. */
export function visit(up: Pick<Up, 'gatewayUrl'>, appUrl: string, path = '/_stcore/health', headers: Readonly<Record<string, string>> = {}): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(up.gatewayUrl);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path, headers: { ...headers, host: new URL(appUrl).host }, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.once('error', reject);
    call.end();
  });
}

/** Asks ten times a second while something happens; gives every status that was seen, each once. */
export async function statusesDuring(up: Up, appUrl: string, work: () => Promise<unknown>): Promise<number[]> {
  const seen: Promise<number>[] = [];
  const ask = (): void => void seen.push(visit(up, appUrl, '/').then(({ status }) => status, () => 0));
  const timer = setInterval(ask, 100);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return [...new Set(await Promise.all(seen))];
}
