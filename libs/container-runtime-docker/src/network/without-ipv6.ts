import { readdir, writeFile } from 'node:fs/promises';

/**
 * Keeps IPv6 addresses off the host's side of an app's network: its bridge, and what is plugged into it.
 *
 * Nobody needs them, and an app could try to reach the host by them. They would come a second
 * after a container's start, which a browser on this host takes for a change of its network:
 * it breaks off page loads and sockets (ERR_NETWORK_CHANGED), the first visit of the app among them.
 * Best effort: where the kernel's settings are not ours to write, the firewall still holds.
 */
export async function withoutIpv6(bridge: string): Promise<void> {
  const ports = await readdir(`/sys/class/net/${bridge}/brif`).catch(() => []); // not a bridge of this host
  await Promise.all([bridge, ...ports].map((device) => writeFile(`/proc/sys/net/ipv6/conf/${device}/disable_ipv6`, '1').catch(() => undefined)));
}
