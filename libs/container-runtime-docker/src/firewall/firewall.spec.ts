import { describe, expect, it } from 'vitest';
import { Firewall } from './firewall.ts';
import { firewallProblem } from './firewall-problem.ts';
import { PacketFilter } from './packet-filter.ts';
import { CLOSED_RANGES, ipv4Rules } from './rules.ts';

class NoPacketFilter extends PacketFilter {
  readonly families = ['iptables', 'ip6tables'] as const;

  async run(): Promise<never> {
    throw new Error('spawn iptables ENOENT');
  }
}

describe('the firewall', () => {
  const settings = { installation: 'abcdefgh', resolvers: ['10.0.0.53'] };
  const rules = ipv4Rules(settings).split('\n');

  it('says that it is unavailable where there is no packet filter', async () => {
    expect(await new Firewall(settings, new NoPacketFilter()).assert()).toEqual({ status: 'unavailable', reason: 'spawn iptables ENOENT' });
    expect(await firewallProblem(new NoPacketFilter())).toBe('iptables: spawn iptables ENOENT');
  });

  it('lets answers and the resolver pass before it closes anything', () => {
    const closed = rules.findIndex((rule) => rule.includes('-d 10.0.0.0/8'));
    expect(rules.findIndex((rule) => rule.includes('-d 10.0.0.53/32 -p udp'))).toBeLessThan(closed);
    for (const range of CLOSED_RANGES) expect(rules).toContain(`-A WEIR-abcdefgh -i wabcd+ -d ${range} -j DROP`);
  });

  it('closes every resolver but the named ones, after those; where none is named, the engine asks for the apps', () => {
    const other = rules.indexOf('-A WEIR-abcdefgh -i wabcd+ -p udp --dport 53 -j REJECT');
    expect(other).toBeGreaterThan(rules.findIndex((rule) => rule.includes('-d 10.0.0.53/32 -p udp')));
    expect(ipv4Rules({ ...settings, resolvers: [] })).not.toContain('--dport 53');
  });

  it('says nothing about interfaces that are not its own', () => {
    for (const rule of rules.filter((line) => line.startsWith('-A WEIR-abcdefgh ') && !line.endsWith('-j RETURN'))) expect(rule).toMatch(/-[io] wabcd\+/);
  });
});
