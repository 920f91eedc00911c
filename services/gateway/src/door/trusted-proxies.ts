import { BlockList, isIP } from 'node:net';
import type { Peer } from '../request/visit.ts';
import { parseHost } from '../request/host.ts';
import { unshared } from '../request/unshared.ts';
import { valuesOf } from '../request/values-of.ts';
import { plainAddress } from '../transport/address.ts';

/** `10.0.0.0/8`, `2001:db8::/32` or one address. */
export const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && rest.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
};

/** The proxies before us whose word about their clients is taken. Everybody else's is stripped. */
export class TrustedProxies {
  readonly #list = new BlockList();
  readonly #isEmpty: boolean;

  /** @param networks each one is `isNetwork` */
  constructor(networks: readonly string[]) {
    this.#isEmpty = networks.length === 0;
    for (const network of networks) {
      const [address = '', prefix] = network.split('/');
      const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
      this.#list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
    }
  }

  has(address: string): boolean {
    if (this.#isEmpty) return false;
    const version = isIP(address);
    return version !== 0 && this.#list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  }

  /**
   * Who asks, as a trusted peer tells it: the rightmost address that is no trusted proxy, since those left of it
   * are the client's own claim.
   */
  believe(peer: Peer, rawHeaders: string[]): Peer {
    if (!this.has(peer.address)) return peer;
    const scheme = listed(rawHeaders, 'x-forwarded-proto').at(-1)?.toLowerCase();
    return { address: this.#client(peer.address, listed(rawHeaders, 'x-forwarded-for')), scheme: scheme === 'http' || scheme === 'https' ? scheme : peer.scheme };
  }

  /** The same headers with the host that a trusted peer says it was: whatever reads them later finds the visitor's own. */
  withHost(peer: Peer, rawHeaders: string[]): string[] {
    if (!this.has(peer.address)) return rawHeaders;
    const host = listed(rawHeaders, 'x-forwarded-host').at(-1);
    return host !== undefined && parseHost(host) ? replaceHost(rawHeaders, host) : rawHeaders;
  }

  #client(nearest: string, chain: readonly string[]): string {
    let client = nearest;
    for (const entry of chain.toReversed()) {
      if (!this.has(client)) break;
      const address = withoutPort(entry);
      if (isIP(address) === 0) break;
      client = unshared(address);
    }
    return client;
  }
}

const listed = (rawHeaders: readonly string[], name: string): string[] => valuesOf(rawHeaders, name).flatMap((value) => value.split(',').map((part) => part.trim()));

/** Some proxies write `1.2.3.4:567` and `[::1]:567`. */
const withoutPort = (entry: string): string => plainAddress(/^\[([^\]]+)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry);

/** A request with two hosts stays one, to be refused as it is. The list itself may be another request's too. */
const replaceHost = (rawHeaders: readonly string[], host: string): string[] => rawHeaders.map((each, i) => (i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host' ? host : each));
