import { firewallProblem } from '@weir/container-runtime-docker';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';

/**
 * Whether something will keep apps from this host, each other and private networks, unless the operator trusts whoever deploys.
 *
 * @throws Refusal `firewall.unavailable`
 */
export async function assertFirewall({ trustTenants }: Pick<Settings, 'trustTenants'>, problem = firewallProblem): Promise<void> {
  const reason = trustTenants ? undefined : await problem();
  if (reason !== undefined) throw new Refusal('firewall.unavailable', `The firewall of this host cannot be set (${reason}): run this as root with CAP_NET_ADMIN and iptables, or pass --trust-tenants if apps may reach this host, each other and private networks.`);
}
