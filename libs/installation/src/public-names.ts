import { listOf } from './kept-variables.ts';
import { hostAndPort } from './listen-address.ts';
import type { Settings } from './settings.ts';

const HTTPS_PORT = 443;

/** Where browsers find the console and the apps: by https as soon as the gateway speaks it. */
export function publicNames({ port, consoleUrl, appsDomain, gateway }: Settings): { readonly consoleUrl: string; readonly appsDomain: string } {
  const [tlsAddress] = listOf(gateway.WEIR_TLS_LISTEN);
  const scheme = tlsAddress === undefined ? 'http' : 'https';
  const publicPort = tlsAddress === undefined ? port : Number(gateway.WEIR_HTTPS_PORT ?? hostAndPort(tlsAddress).port);
  const suffix = scheme === 'https' && publicPort === HTTPS_PORT ? '' : `:${publicPort}`;
  return { consoleUrl: consoleUrl ?? `${scheme}://console.localhost${suffix}`, appsDomain: appsDomain ?? `localhost${suffix}` };
}
