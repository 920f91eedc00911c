import { type FirewallSettings, hostChain, ipv4Rules, ipv6Rules, isWeirHook, throughChain } from './rules.ts';
import { bridgePrefix } from '../names.ts';
import { type Family, KernelPacketFilter, type PacketFilter } from './packet-filter.ts';

export type { FirewallSettings } from './rules.ts';

/** `repaired`: not all of it stood; now it does. */
export type FirewallState = { readonly status: 'enforced'; readonly repaired: boolean } | { readonly status: 'unavailable'; readonly reason: string };

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
  /** Our chains as the kernel words them, once they were written. */
  readonly #standing = new Map<Family, string>();

  constructor(private readonly settings: FirewallSettings, private readonly filter: PacketFilter = new KernelPacketFilter()) {}

  async assert(): Promise<FirewallState> {
    try {
      let repaired = false;
      for (const family of this.filter.families) repaired = (await this.#assert(family)) || repaired;
      repaired = (await this.#closeForward()) || repaired;
      return { status: 'enforced', repaired };
    } catch (error) {
      return { status: 'unavailable', reason: reasonOf(error) };
    }
  }

  /** Removes this installation's rules, and the closed FORWARD policy if no installation is left. */
  async remove(): Promise<FirewallState> {
    try {
      this.#standing.clear();
      for (const family of this.filter.families) await this.#remove(family);
      return { status: 'enforced', repaired: false };
    } catch (error) {
      return { status: 'unavailable', reason: reasonOf(error) };
    }
  }

  async #assert(family: Family): Promise<boolean> {
    const before = await this.#rulesOf(family);
    const stood = this.#standing.get(family) === this.#chainsIn(before);
    if (!stood) await this.#must(`${family}-restore`, ['--noflush', ...WAIT], (family === 'iptables' ? ipv4Rules : ipv6Rules)(this.settings));
    let hooked = false;
    for (const hook of this.#hooks(forwardingChain(before))) hooked = (await this.#assertHook(family, hook)) || hooked;
    if (!stood) this.#standing.set(family, this.#chainsIn(await this.#rulesOf(family)));
    return !stood || hooked;
  }

  #chainsIn(rules: readonly string[]): string {
    const { installation } = this.settings;
    const ours = [throughChain(installation), hostChain(installation)];
    return rules.filter((rule) => ours.some((chain) => rule === `-N ${chain}` || rule.startsWith(`-A ${chain} `))).join('\n');
  }

  #hooks(forwarding: string): Hook[] {
    const { installation } = this.settings;
    return [
      { from: 'INPUT', rule: ['-i', `${bridgePrefix(installation)}+`, '-j', hostChain(installation)] },
      { from: forwarding, rule: ['-j', throughChain(installation)] },
    ];
  }

  /** Exactly once, and before every rule that is not a hook of ours: dockerd ends its chain with a RETURN. Gives whether it had to be put there. */
  async #assertHook(family: Family, { from, rule }: Hook): Promise<boolean> {
    const present = (await this.#rulesOf(family, from)).filter((line) => line.startsWith('-A'));
    const mine = `-A ${from} ${rule.join(' ')}`;
    const firstOther = present.findIndex((line) => !isWeirHook(line));
    const places = present.flatMap((line, index) => (line === mine ? [index] : []));
    if (places.length === 1 && (firstOther === -1 || (places[0] ?? 0) < firstOther)) return false;
    await this.#must(family, [...WAIT, '-I', from, '1', ...rule]);
    // Numbers count from 1, and the new rule moved the others down by one; from the end, so that they stay true.
    for (const place of places.reverse()) await this.#must(family, [...WAIT, '-D', from, String(place + 2)]);
    return true;
  }

  /** With an ACCEPT policy, old engines route neighbours of this host into containers. */
  async #closeForward(): Promise<boolean> {
    if (!(await this.#rulesOf('iptables', 'FORWARD')).includes('-P FORWARD ACCEPT')) return false;
    await this.filter.run('iptables', [...WAIT, '-N', MARKER]);
    await this.#must('iptables', [...WAIT, '-P', 'FORWARD', 'DROP']);
    return true;
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

/** Docker's own chain for such rules where there is one; engines without IPv6 rules have none there. */
const forwardingChain = (rules: readonly string[]): string => (rules.includes('-N DOCKER-USER') ? 'DOCKER-USER' : 'FORWARD');

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
