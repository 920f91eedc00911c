import { BlockList, isIP } from 'node:net';

/** IPv4 ranges that are not globally reachable (IANA special-purpose registry, RFC 6890 and later). */
const NOT_GLOBAL_V4: readonly [string, number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24],
  ['224.0.0.0', 4], ['240.0.0.0', 4],
];

/** Within 2000::/3, the only range given out for global use: what is reserved or leads to an IPv4 address of the sender's choice. */
const NOT_GLOBAL_V6: readonly [string, number][] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20]];

const blocked = new BlockList();
for (const [net, bits] of NOT_GLOBAL_V4) blocked.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of NOT_GLOBAL_V6) blocked.addSubnet(net, bits, 'ipv6');
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an address belongs to the public Internet.
 *
 * Everything that is not known to be global is not: private, shared, loopback and link-local
 * ranges, multicast, documentation, and IPv6 forms that carry an IPv4 address (mapped, 6to4,
 * Teredo, NAT64), because what lies behind them is decided elsewhere.
 */
export function isGlobalAddress(address: string): boolean {
  const bare = address.split('%', 1)[0] ?? '';
  if (bare !== address) return false; // a zone: link-local
  switch (isIP(bare)) {
    case 4:
      return !blocked.check(bare, 'ipv4');
    case 6:
      return given.check(bare, 'ipv6') && !blocked.check(bare, 'ipv6');
    default:
      return false;
  }
}
