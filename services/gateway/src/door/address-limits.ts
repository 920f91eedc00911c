export interface AddressLimitsOptions {
  /** Open at once. */
  readonly open: number;
  /** Without it only what is open counts. */
  readonly newPerSecond?: number;
}

export type AddressRefusal = 'address-open' | 'address-rate';

/** An address that has something open, and how much. */
export interface Guest {
  readonly network: string;
  open: number;
}

/** How much one address has open (connections, or requests and sockets), and how much it has opened in this second. */
export class AddressLimits {
  readonly #limits: AddressLimitsOptions;
  readonly #open = new Map<string, Guest>();
  #new = new Map<string, number>();
  #second = 0;

  constructor(limits: AddressLimitsOptions) {
    this.#limits = limits;
  }

  /** Counts one in, to be counted out by `leave`; or says why it is one too many. */
  enter(address: string, nowMs?: number): Guest | AddressRefusal {
    const network = networkOf(address);
    if (this.#isTooFast(network, nowMs)) return 'address-rate';
    let guest = this.#open.get(network);
    if (guest && guest.open >= this.#limits.open) return 'address-open';
    if (!guest) this.#open.set(network, (guest = { network, open: 0 }));
    guest.open += 1;
    return guest;
  }

  leave(guest: Guest): void {
    guest.open -= 1;
    if (guest.open === 0) this.#open.delete(guest.network);
  }

  #isTooFast(network: string, nowMs: number | undefined): boolean {
    const { newPerSecond } = this.#limits;
    if (newPerSecond === undefined) return false;
    const second = Math.floor((nowMs ?? performance.now()) / 1000);
    if (second !== this.#second) [this.#second, this.#new] = [second, new Map()];
    const fresh = (this.#new.get(network) ?? 0) + 1;
    this.#new.set(network, fresh);
    return fresh > newPerSecond;
  }

  /** Addresses that have something open. */
  get size(): number {
    return this.#open.size;
  }
}

/** Whoever has one IPv6 address has all of its /64 (RFC 6177), so those count together. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [left = '', right] = address.split('%', 1)[0]?.split('::') ?? [];
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const groups = right === undefined ? head : [...head, ...Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0'), ...tail];
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':')}::/64`;
}
