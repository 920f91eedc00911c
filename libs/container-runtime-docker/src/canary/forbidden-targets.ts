import { readFile } from 'node:fs/promises';
import { BlockList, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { CLOSED_RANGES } from '../firewall/rules.ts';

/** Where clouds tell machines their credentials, and first addresses of private networks. */
const WELL_KNOWN = ['169.254.169.254:80', '100.100.100.200:80', '10.0.0.1:80', '172.16.0.1:80', '192.168.0.1:80', '192.168.1.1:80', '100.64.0.1:80'];
/** ssh, the engine, Postgres, Redis and we ourselves. One that is closed answers with a refusal, which tells as much. */
const HOST_PORTS = [22, 2375, 5432, 6379, 8080];
const ROUTER_PORTS = [22, 80, 443];
/** More addresses tell nothing new: a machine with many has a bridge for each app. */
const MOST_ADDRESSES = 16;

const closed = new BlockList();
for (const range of CLOSED_RANGES) {
  const [network = '', bits = ''] = range.split('/');
  closed.addSubnet(network, Number(bits));
}

/** The default router of a `/proc/net/route`, if apps may not go there: a public one is no secret to them. */
export function closedRouter(routes: string): string | undefined {
  const [, , gateway = ''] = routes.split('\n').map((line) => line.split('\t')).find(([, destination]) => destination === '00000000') ?? [];
  const address = (gateway.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse().join('.');
  return isIPv4(address) && closed.check(address) ? address : undefined;
}

/** What no app may reach from this host, as `ADDRESS:PORT`. */
export async function forbiddenTargets(): Promise<string[]> {
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  const router = closedRouter(await readFile('/proc/net/route', 'utf8'));
  return [...WELL_KNOWN, ...portsOf(HOST_PORTS, own.slice(0, MOST_ADDRESSES)), ...portsOf(ROUTER_PORTS, router ? [router] : [])];
}

export const hostPortsOf = (address: string): string[] => portsOf(HOST_PORTS, [address]);

const portsOf = (ports: readonly number[], addresses: readonly string[]): string[] => addresses.flatMap((address) => ports.map((port) => `${address}:${port}`));
