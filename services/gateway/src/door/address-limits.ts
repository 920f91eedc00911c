export interface AddressLimitsOptions {
  /** Open at once. */
  readonly open: number;
  /** Without it only what is open counts. */
  readonly newPerSecond?: number;
}

export type AddressRefusal = 'address-open' | 'address-rate';

/** How much one address has open (connections, or requests and sockets), and how much it has opened in this second. */
export class AddressLimits {
  readonly #limits: AddressLimitsOptions;
  readonly #open = new Map<string, number>();
  #new = new Map<string, number>();
  #second = 0;

  constructor(limits: AddressLimitsOptions) {
    this.#limits = limits;
  }

  /** Counts one in, to be counted out by `leave`; or says why it is one too many. */
  enter(address: string, nowMs = performance.now()): AddressRefusal | undefined {
    const key = networkOf(address);
    if (this.#isTooFast(key, nowMs)) return 'address-rate';
    const open = this.#open.get(key) ?? 0;
    if (open >= this.#limits.open) return 'address-open';
    this.#open.set(key, open + 1);
    return undefined;
  }

  leave(address: string): void {
    const key = networkOf(address);
    const open = this.#open.get(key) ?? 0;
    if (open > 1) this.#open.set(key, open - 1);
    else this.#open.delete(key);
  }

  #isTooFast(key: string, nowMs: number): boolean {
    const { newPerSecond } = this.#limits;
    if (newPerSecond === undefined) return false;
    const second = Math.floor(nowMs / 1000);
    if (second !== this.#second) [this.#second, this.#new] = [second, new Map()];
    const fresh = (this.#new.get(key) ?? 0) + 1;
    this.#new.set(key, fresh);
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
