import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isGlobalAddress } from './global-address.ts';

export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** Where a connection may go: the address is dialled as it is, so that a name cannot change its mind in between. */
export type EgressDecision = { readonly allowed: true; readonly address: string } | { readonly allowed: false; readonly why: string };

export type Resolve = (host: string) => Promise<readonly string[]>;

const resolveByDns: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * Who sandboxes may talk to: the hosts the operator listed, and any public host over https.
 *
 * A listed host may have a private address (an index mirror, a Git server beside us). Any
 * other name must lead to global addresses only, on port 443.
 */
export class EgressPolicy {
  readonly #listed: ReadonlySet<string>;

  /** @param listed `HOST:PORT`, or `HOST` for any port */
  constructor(
    listed: readonly string[],
    private readonly resolve: Resolve = resolveByDns,
  ) {
    this.#listed = new Set(listed.map((entry) => entry.toLowerCase()));
  }

  isListed({ host, port }: Pick<Destination, 'host' | 'port'>): boolean {
    const name = host.toLowerCase().replace(/\.$/, '');
    return this.#listed.has(name) || this.#listed.has(`${name}:${port}`);
  }

  /** @throws a resolver's error, as it is */
  async decide(destination: Destination): Promise<EgressDecision> {
    const { host, port, tls } = destination;
    const listed = this.isListed(destination);
    if (!listed && !tls) return { allowed: false, why: 'only https is open, unless the operator lists the host' };
    if (!listed && port !== 443) return { allowed: false, why: `port ${port} is not open` };
    const bare = host.replace(/^\[|\]$/g, '');
    const addresses = isIP(bare) ? [bare] : await this.resolve(host.toLowerCase());
    const address = addresses[0];
    if (address === undefined) return { allowed: false, why: 'the name has no address' };
    // One private address among public ones is how a name is made to lead inside.
    if (!listed && !addresses.every(isGlobalAddress)) return { allowed: false, why: 'it does not have a public address' };
    return { allowed: true, address: addresses.find((a) => isIP(a) === 4) ?? address };
  }
}
