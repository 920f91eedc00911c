import { expect, it } from 'vitest';
import { assertFirewall } from './assert-firewall.ts';

const denied = async () => 'iptables: Permission denied (you must be root)';

it('a host whose firewall cannot be set is refused, with the reason and both ways out in one sentence', async () => {
  await expect(assertFirewall({ trustTenants: false }, denied)).rejects.toMatchObject({
    code: 'firewall.unavailable',
    publicMessage: 'The firewall of this host cannot be set (iptables: Permission denied (you must be root)): run this as root with CAP_NET_ADMIN and iptables, or pass --trust-tenants if apps may reach this host, each other and private networks.',
  });
});

it('tenants who are trusted need none, and a host with one needs no trust', async () => {
  await expect(assertFirewall({ trustTenants: true }, denied)).resolves.toBeUndefined();
  await expect(assertFirewall({ trustTenants: false }, async () => undefined)).resolves.toBeUndefined();
});
