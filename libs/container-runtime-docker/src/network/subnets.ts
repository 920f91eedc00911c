/** Every app's network is a /28 of 10.200.0.0/14: 16,384 of them. */
const BASE = 0x0ac80000; // 10.200.0.0
const SIZE = 16;
export const SUBNETS = 1 << 14;

interface Range {
  readonly first: number;
  readonly last: number;
}

function address(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** The addresses of an IPv4 block such as `10.0.0.0/8`; `undefined` of anything else. */
function range(cidr: string): Range | undefined {
  const [text = '', bits = '32'] = cidr.split('/');
  const start = address(text);
  if (start === undefined) return undefined;
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(start / size) * size;
  return { first, last: first + size - 1 };
}

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

/**
 * Subnets to try for a new network, in order: each that overlaps nothing in `taken`.
 *
 * They start at a place drawn from `seed`, so that a deleted app's addresses do not
 * go straight to the next one.
 *
 * @param taken IPv4 blocks in use on this host; others (IPv6) are ignored
 */
export function* freeSubnets(seed: number, taken: readonly string[]): Generator<string> {
  const ranges = taken.map(range).filter((block) => block !== undefined);
  for (let i = 0; i < SUBNETS; i++) {
    const first = BASE + ((seed + i) % SUBNETS) * SIZE;
    if (ranges.every((block) => block.last < first || block.first >= first + SIZE)) yield `${dotted(first)}/28`;
  }
}

/** A number drawn from a name: FNV-1a. */
export function seedFrom(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % SUBNETS;
}
