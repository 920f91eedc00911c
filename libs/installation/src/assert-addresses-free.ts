import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { bindError } from './bind-error.ts';
import { listOf } from './kept-variables.ts';
import { covers, hostAndPort, ownAddresses, plainAddresses } from './listen-address.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';

/** Where the gateway listens with these settings, with and without TLS. */
export const publicAddresses = (settings: Pick<Settings, 'port' | 'listen' | 'gateway'>): string[] => [...plainAddresses(settings), ...listOf(settings.gateway.WEIR_TLS_LISTEN)];

/**
 * Whether the gateway could listen where these settings say.
 *
 * @param held where a gateway of ours listens that is going to stop
 * @throws Refusal naming the first address that is taken, not for this user, or not of this machine
 */
export async function assertAddressesFree(settings: Settings, held: readonly string[] = []): Promise<void> {
  for (const address of publicAddresses(settings)) {
    for (const single of singles(address)) {
      if (held.some((ours) => covers(ours, single) || covers(single, ours))) continue;
      const { host, port } = hostAndPort(single);
      const error = await bindError(port, host);
      // The gateway does without those of its own that a machine lacks, `::1` mostly; and addresses of bridges come and go.
      const isMissed = error === 'EADDRNOTAVAIL' && (single !== address || ownAddresses(settings.port).includes(address));
      if (error !== undefined && !isMissed) throw refusalOf(error, address, settings);
    }
  }
}

/** What must be free for it: of a wildcard also each address of this machine, as ours may hold one of them and others the rest. */
function singles(address: string): string[] {
  const { host, port } = hostAndPort(address);
  if (host !== '0.0.0.0' && host !== '::') return [address];
  const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.filter(({ scopeid }) => !scopeid).map((found) => found.address));
  return [address, ...all.filter((found) => host === '::' || isIPv4(found)).map((found) => (isIPv4(found) ? `${found}:${port}` : `[${found}]:${port}`))];
}

function refusalOf(error: string, address: string, { port }: Settings): Refusal {
  const own = ownAddresses(port).includes(address);
  if (error === 'EADDRINUSE') return new Refusal('port.taken', `${address} is taken. Choose another ${own ? 'with --port' : 'port or address'}.`);
  if (error === 'EACCES') return new Refusal('listen.not_allowed', `This user may not listen on ${address}: ports below 1024 are root's.`);
  return new Refusal('listen.no_such_address', `${address} is not an address of this machine (${error}).`);
}
