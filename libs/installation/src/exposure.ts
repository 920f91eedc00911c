import { publicAddresses } from './assert-addresses-free.ts';
import { listOf } from './kept-variables.ts';
import { ownAddresses } from './listen-address.ts';
import type { Settings } from './settings.ts';

/** What an operator must know once the gateway listens beyond its own loopback addresses; nothing where it does not. */
export function exposureOf(settings: Settings): string | undefined {
  const addresses = publicAddresses(settings).filter((address) => !ownAddresses(settings.port).includes(address));
  if (addresses.length === 0) return undefined;
  return [`Apps and the console are public to whoever reaches ${addresses.join(', ')}.`, encryption(settings), ...naming(settings)].join(' ');
}

function encryption({ gateway }: Settings): string {
  const secured = listOf(gateway.WEIR_TLS_LISTEN);
  if (secured.length === 0) return 'TLS is off: what passes can be read on its way, unless a proxy in front ends TLS.';
  const plain = gateway.WEIR_HTTPS_PORT === undefined ? 'served without it' : `sent to https on port ${gateway.WEIR_HTTPS_PORT}`;
  return `TLS is on at ${secured.join(', ')}; plain visits are ${plain}.`;
}

/** Every machine looks for `*.localhost` in itself. */
const naming = ({ consoleUrl, appsDomain }: Settings): string[] =>
  consoleUrl !== null && appsDomain !== null ? [] : ['Other machines find no *.localhost here: name the platform with WEIR_CONSOLE_URL and WEIR_APPS_DOMAIN.'];
