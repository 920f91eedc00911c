import { KernelPacketFilter, type PacketFilter } from './packet-filter.ts';

/**
 * Why this process cannot set packet rules on this host; nothing where it can.
 *
 * It is tried, with an empty chain that goes again: rights, programs and kernel are all asked that way.
 */
export async function firewallProblem(filter: PacketFilter = new KernelPacketFilter()): Promise<string | undefined> {
  const chain = `weir-probe-${process.pid}`;
  for (const family of filter.families) {
    for (const verb of ['-N', '-X']) {
      const { code, output } = await filter.run(family, ['-w', '5', verb, chain]).catch((error: unknown) => ({ code: 1, output: String(error) }));
      if (code !== 0) return `${family}: ${firstLineOf(output) || `exit ${code}`}`;
    }
  }
  return undefined;
}

/** iptables tells its version before what is the matter: `iptables v1.8.9 (nf_tables): …`. */
const firstLineOf = (output: string): string => (output.trim().split('\n')[0] ?? '').replace(/^(Error: |ip6?tables v\S+( \(\w+\))?: )/, '');
