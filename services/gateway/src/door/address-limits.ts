export interface AddressLimitsOptions {
  /** Open at once. */
  readonly open: number;
  /** How many more it may open each second, beside as many at once as it may have open. Without it only what is open counts. */
  readonly newPerSecond?: number;
}

export type AddressRefusal = 'address-open' | 'address-rate';

/** An address that has something open, or had just now. */
export interface Guest {
  readonly network: string;
  open: number;
  /** How many it could have opened at `asOfMs`. */
  allowance: number;
  asOfMs: number;
}

const FORGET_MS = 1_000;

/**
 * How much one address has open (connections, or requests and sockets), and how much it may open now.
 *
 * A classroom behind one address, or the tabs that come back after a restart, open all at once and then nearly nothing.
 * So an address may spend what it did not use, up to what it may have open, and only who opens all the time is held
 * to a rate. What was refused counts for nothing: else those who try again would never get in.
 */
export class AddressLimits {
  readonly #limits: AddressLimitsOptions;
  readonly #guests = new Map<string, Guest>();
  #forgotAtMs = 0;

  constructor(limits: AddressLimitsOptions) {
    this.#limits = limits;
  }

  /** Counts one in, to be counted out by `leave`; or says why it is one too many. */
  enter(address: string, nowMs = this.#now()): Guest | AddressRefusal {
    const { open, newPerSecond } = this.#limits;
    if (nowMs - this.#forgotAtMs >= FORGET_MS) this.#forget(nowMs);
    const network = networkOf(address);
    let guest = this.#guests.get(network);
    if (!guest) this.#guests.set(network, (guest = { network, open: 0, allowance: open, asOfMs: nowMs }));
    if (guest.open >= open) return 'address-open';
    if (newPerSecond !== undefined) {
      guest.allowance = this.#allowanceOf(guest, newPerSecond, nowMs);
      guest.asOfMs = nowMs;
      if (guest.allowance < 1) return 'address-rate';
      guest.allowance -= 1;
    }
    guest.open += 1;
    return guest;
  }

  leave(guest: Guest, nowMs = this.#now()): void {
    guest.open -= 1;
    if (this.#isLikeNew(guest, nowMs)) this.#guests.delete(guest.network);
  }

  /** Addresses that it remembers: each has something open, or has not all of its allowance again. */
  get size(): number {
    return this.#guests.size;
  }

  /** The clock is asked only where something depends on it. */
  #now(): number {
    return this.#limits.newPerSecond === undefined ? 0 : performance.now();
  }

  #allowanceOf({ allowance, asOfMs }: Guest, newPerSecond: number, nowMs: number): number {
    return Math.min(this.#limits.open, allowance + ((nowMs - asOfMs) * newPerSecond) / 1000);
  }

  #isLikeNew(guest: Guest, nowMs: number): boolean {
    const { open, newPerSecond } = this.#limits;
    return guest.open === 0 && (newPerSecond === undefined || this.#allowanceOf(guest, newPerSecond, nowMs) === open);
  }

  /** Those whose last connection closed before they had their allowance again. */
  #forget(nowMs: number): void {
    this.#forgotAtMs = nowMs;
    for (const guest of this.#guests.values()) if (this.#isLikeNew(guest, nowMs)) this.#guests.delete(guest.network);
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
