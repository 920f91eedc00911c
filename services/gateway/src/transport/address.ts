import { isIP } from 'node:net';

/** Where an upstream listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Whether the host is an IP address, and of which kind; 0 for a name. */
  readonly family: 0 | 4 | 6;
}

const KNOWN = new Map<string, Address>();
const MOST_KNOWN = 10_000;

/** Reads `host:port` (`[::1]:80` for IPv6), or an `http://host:port` URL. */
export function parseAddress(text: string): Address {
  const known = KNOWN.get(text);
  if (known) return known;
  const url = new URL(text.includes('://') ? text : `http://${text}`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const address: Address = { host, port: Number(url.port || 80), family: isIP(host) as Address['family'] };
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(text, address);
  return address;
}

/** `::ffff:10.0.0.1`, as dual-stack sockets call IPv4 peers, is `10.0.0.1`. */
export const plainAddress = (address = ''): string => (address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address);

const MAPPED = '::ffff:';
