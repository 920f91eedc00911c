import { randomBytes } from 'node:crypto';
import { installationId } from '@weir/domain';
import { afterAll, describe, expect, it } from 'vitest';
import { Firewall } from './firewall.ts';
import { firewallProblem } from './firewall-problem.ts';
import { KernelPacketFilter } from './packet-filter.ts';
import { throughChain } from './rules.ts';

/** What it keeps apps from is tried in `attacks/network.int.spec.ts`. Needs root. */
describe.skipIf(process.getuid?.() !== 0)('the firewall of an installation', { timeout: 60_000 }, () => {
  const installation = installationId(randomBytes(8));
  const firewall = new Firewall({ installation, resolvers: ['10.0.0.53'] });
  const filter = new KernelPacketFilter();
  afterAll(() => firewall.remove());

  it('can be set here, which leaves nothing', async () => {
    expect(await firewallProblem()).toBeUndefined();
    expect((await filter.run('iptables', ['-w', '5', '-S'])).output).not.toContain('weir-probe');
  });

  it('stands again after somebody flushed it, once and before the rules of others, and tells so', async () => {
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: true });
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: false });
    await filter.run('iptables', ['-w', '5', '-F', throughChain(installation)]);
    await filter.run('iptables', ['-w', '5', '-D', 'DOCKER-USER', '-j', throughChain(installation)]);
    await filter.run('iptables', ['-w', '5', '-A', 'DOCKER-USER', '-j', throughChain(installation)]);
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: true });
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: false });
    const { output } = await filter.run('iptables', ['-S', 'DOCKER-USER']);
    const rules = output.split('\n').filter((line) => line.startsWith('-A'));
    expect(rules.filter((rule) => rule.includes(installation))).toHaveLength(1);
    expect(rules.findIndex((rule) => rule.includes(installation))).toBeLessThan(rules.findIndex((rule) => rule.endsWith('-j RETURN')));
    expect((await filter.run('iptables', ['-S', throughChain(installation)])).output).toContain('-d 169.254.0.0/16');
  });

  it('is removed without a trace, and without touching any other', async () => {
    await firewall.assert();
    await firewall.remove();
    for (const family of ['iptables', 'ip6tables'] as const) expect((await filter.run(family, ['-S'])).output).not.toContain(installation);
  });
});
