import { type FirewallSettings, hostChain, ipv4Rules, ipv6Rules, isWeirHook, throughChain } from './rules.ts';
import { bridgePrefix } from '../names.ts';
import { KernelPacketFilter, type PacketFilter } from './packet-filter.ts';

export type { FirewallSettings } from './rules.ts';

/** `unavailable`: apps run without it, and the operator is told. */
export type FirewallState = { readonly status: 'enforced' } | { readonly status: 'unavailable'; readonly reason: string };

type Family = 'iptables' | 'ip6tables';

interface Hook {
  readonly from: string;
  readonly rule: readonly string[];
}

/** Left behind where the policy of FORWARD was ACCEPT before us, so that the last installation can put it back. */
const MARKER = 'WEIR-WAS-ACCEPT';

/** Another process holds the table's lock for a moment. */
const WAIT = ['-w', '5'];

/**
 * Keeps apps away from this host, from each other and from private networks.
 *
 * Asserting it again is cheap and harmless: a reconciler does so on a timer, as other
 * programs flush tables. Each installation has chains of its own and removes only those.
 */
export class Firewall {
  constructor(private readonly settings: FirewallSettings, private readonly filter: PacketFilter = new KernelPacketFilter()) {}

  async assert(): Promise<FirewallState> {
    try {
      await this.#assert('iptables', ipv4Rules(this.settings), await this.#forwardingChain('iptables'));
      await this.#closeForward();
      await this.#assert('ip6tables', ipv6Rules(this.settings), await this.#forwardingChain('ip6tables'));
      return { status: 'enforced' };
    } catch (error) {
      return { status: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Removes this installation's rules, and the closed FORWARD policy if no installation is left. */
  async remove(): Promise<FirewallState> {
    try {
      for (const family of ['iptables', 'ip6tables'] as const) await this.#remove(family);
      return { status: 'enforced' };
    } catch (error) {
      return { status: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #assert(family: Family, rules: string, forwarding: string): Promise<void> {
    await this.#must(`${family}-restore`, ['--noflush', ...WAIT], rules);
    for (const hook of this.#hooks(forwarding)) await this.#assertHook(family, hook);
  }

  #hooks(forwarding: string): Hook[] {
    const { installation } = this.settings;
    return [
      { from: 'INPUT', rule: ['-i', `${bridgePrefix(installation)}+`, '-j', hostChain(installation)] },
      { from: forwarding, rule: ['-j', throughChain(installation)] },
    ];
  }

  /** Exactly once, and before every rule that is not a hook of ours: dockerd ends its chain with a RETURN. */
  async #assertHook(family: Family, { from, rule }: Hook): Promise<void> {
    const present = (await this.#rulesOf(family, from)).filter((line) => line.startsWith('-A'));
    const mine = `-A ${from} ${rule.join(' ')}`;
    const firstOther = present.findIndex((line) => !isWeirHook(line));
    const places = present.flatMap((line, index) => (line === mine ? [index] : []));
    if (places.length === 1 && (firstOther === -1 || (places[0] ?? 0) < firstOther)) return;
    await this.#must(family, [...WAIT, '-I', from, '1', ...rule]);
    // Numbers count from 1, and the new rule moved the others down by one; from the end, so that they stay true.
    for (const place of places.reverse()) await this.#must(family, [...WAIT, '-D', from, String(place + 2)]);
  }

  /** With an ACCEPT policy, old engines route neighbours of this host into containers. */
  async #closeForward(): Promise<void> {
    if (!(await this.#rulesOf('iptables', 'FORWARD')).includes('-P FORWARD ACCEPT')) return;
    await this.filter.run('iptables', [...WAIT, '-N', MARKER]);
    await this.#must('iptables', [...WAIT, '-P', 'FORWARD', 'DROP']);
  }

  async #remove(family: Family): Promise<void> {
    for (const { from, rule } of [...this.#hooks('DOCKER-USER'), ...this.#hooks('FORWARD').slice(1)]) {
      while ((await this.filter.run(family, [...WAIT, '-D', from, ...rule])).code === 0);
    }
    for (const chain of [throughChain(this.settings.installation), hostChain(this.settings.installation)]) {
      const flushed = await this.filter.run(family, [...WAIT, '-F', chain]);
      if (flushed.code === 0) await this.#must(family, [...WAIT, '-X', chain]);
    }
    const left = (await this.#rulesOf(family)).filter((line) => line.startsWith('-N WEIR-'));
    if (left.length !== 1 || left[0] !== `-N ${MARKER}`) return;
    await this.#must(family, [...WAIT, '-P', 'FORWARD', 'ACCEPT']);
    await this.#must(family, [...WAIT, '-X', MARKER]);
  }

  /** Docker's own chain for such rules where there is one; engines without IPv6 rules have none there. */
  async #forwardingChain(family: Family): Promise<string> {
    return (await this.filter.run(family, [...WAIT, '-S', 'DOCKER-USER'])).code === 0 ? 'DOCKER-USER' : 'FORWARD';
  }

  async #rulesOf(family: Family, chain?: string): Promise<string[]> {
    const output = await this.#must(family, [...WAIT, '-S', ...(chain ? [chain] : [])]);
    return output.split('\n').map((line) => line.trim());
  }

  async #must(...[command, args, input]: Parameters<PacketFilter['run']>): Promise<string> {
    const { code, output } = await this.filter.run(command, args, input);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${output.trim().split('\n')[0] ?? `exit ${code}`}`);
    return output;
  }
}
