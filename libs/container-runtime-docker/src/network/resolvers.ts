/** The name servers of a `resolv.conf` that a container can reach: IPv4, and not this host's own loopback. */
export function resolversOf(resolvConf: string): string[] {
  return [...resolvConf.matchAll(/^\s*nameserver\s+(\d{1,3}(?:\.\d{1,3}){3})\s*$/gm)].map((match) => match[1] ?? '').filter((address) => !address.startsWith('127.'));
}
