import { isIPv4, isIPv6 } from 'node:net';
import { portOf } from './port-of.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';

/**
 * What `--listen` says: an address, and its port where that is not the public one.
 *
 * @throws Refusal
 */
export function listenAddressOf(text: string): string {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+))(?::(\d+))?$/i.exec(text) ?? [];
  const suffix = port === undefined ? '' : `:${portOf(port)}`;
  if (plain !== undefined && isIPv4(plain)) return plain + suffix;
  if (bracketed !== undefined && isIPv6(bracketed)) return new URL(`http://[${bracketed}]`).hostname + suffix; // its shortest form
  throw new Refusal('listen.invalid', `${text.slice(0, 80)} is not an address: write ADDRESS, ADDRESS:PORT or [ADDRESS]:PORT, such as 0.0.0.0 or [2001:db8::1]:8080.`);
}

/** Where the gateway always listens without TLS: for this machine, its command line and proxies on it. */
export const ownAddresses = (port: number): string[] => [`127.0.0.1:${port}`, `[::1]:${port}`];

/** Every address at which the gateway listens without TLS, HOST:PORT. One that a wildcard covers cannot be listened on beside it. */
export function plainAddresses({ port, listen }: Pick<Settings, 'port' | 'listen'>): string[] {
  const all = [...new Set([...ownAddresses(port), ...listen.map((address) => (hasPort(address) ? address : `${address}:${port}`))])];
  return all.filter((address) => !all.some((other) => other !== address && covers(other, address)));
}

/** Whether a connection to `inner` arrives at a listener on `outer`. `[::]` takes IPv4 too. */
export function covers(outer: string, inner: string): boolean {
  const [a, b] = [hostAndPort(outer), hostAndPort(inner)];
  return a.port === b.port && (a.host === b.host || a.host === '::' || (a.host === '0.0.0.0' && isIPv4(b.host)));
}

/** The two halves of HOST:PORT, an IPv6 host without its brackets. */
export function hostAndPort(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(at + 1)) };
}

const hasPort = (address: string): boolean => /^[^:]+:\d+$|\]:\d+$/.test(address);
