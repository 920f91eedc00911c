import { bridgePrefix } from '../names.ts';

/** Where apps may never go: this network, private, shared, loopback, link-local (metadata), benchmark, multicast, reserved (RFC 6890). */
export const CLOSED_RANGES = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'] as const;
const MAIL_PORTS = '25,465,587';
const ESTABLISHED = '-m conntrack --ctstate ESTABLISHED,RELATED';

export interface FirewallSettings {
  readonly installation: string;
  /** Name servers that apps may ask, though they may lie in a closed range, and no other. None: the engine asks for them. */
  readonly resolvers: readonly string[];
}

/** The chain for what apps send through this host, and to each other. */
export const throughChain = (installation: string): string => `WEIR-${installation}`;
/** The chain for what apps send to this host itself. */
export const hostChain = (installation: string): string => `WEIR-${installation}-IN`;
/** A hook of any installation. */
export const isWeirHook = (rule: string): boolean => / -j WEIR-/.test(rule);

/**
 * Both chains in `iptables-restore --noflush` form, which replaces their rules in one step.
 *
 * An app reaches public addresses and its resolver. It reaches neither this host (every
 * address of it: gateways of bridges too) nor other apps nor private networks, sends no
 * mail and asks no other resolver. Nobody but this host opens a connection to an app.
 */
export function ipv4Rules({ installation, resolvers }: FirewallSettings): string {
  const [through, host, apps] = [throughChain(installation), hostChain(installation), `${bridgePrefix(installation)}+`];
  const dns = (chain: string, from: string, verdict: string) => resolvers.flatMap((resolver) => ['udp', 'tcp'].map((protocol) => `-A ${chain} ${from}-d ${resolver}/32 -p ${protocol} --dport 53 -j ${verdict}`));
  return [
    '*filter',
    `:${through} - [0:0]`,
    `:${host} - [0:0]`,
    `-A ${host} ${ESTABLISHED} -j ACCEPT`, // answers to the gateway and to health checks
    ...dns(host, '', 'ACCEPT'),
    `-A ${host} -j DROP`,
    `-A ${through} -i ${apps} ${ESTABLISHED} -j RETURN`,
    `-A ${through} -o ${apps} ${ESTABLISHED} -j RETURN`,
    `-A ${through} -o ${apps} -j DROP`,
    ...dns(through, `-i ${apps} `, 'RETURN'),
    ...CLOSED_RANGES.map((range) => `-A ${through} -i ${apps} -d ${range} -j DROP`),
    ...(resolvers.length === 0 ? [] : [`-A ${through} -i ${apps} -p udp --dport 53 -j REJECT`, `-A ${through} -i ${apps} -p tcp --dport 53 -j REJECT --reject-with tcp-reset`]),
    `-A ${through} -i ${apps} -p tcp -m multiport --dports ${MAIL_PORTS} -j REJECT --reject-with tcp-reset`,
    `-A ${through} -j RETURN`,
    'COMMIT',
    '',
  ].join('\n');
}

/** Apps have no IPv6; the host's side of their bridges has a link-local address all the same. */
export function ipv6Rules({ installation }: FirewallSettings): string {
  const [through, host, apps] = [throughChain(installation), hostChain(installation), `${bridgePrefix(installation)}+`];
  return ['*filter', `:${through} - [0:0]`, `:${host} - [0:0]`, `-A ${host} -j DROP`, `-A ${through} -i ${apps} -j DROP`, `-A ${through} -o ${apps} -j DROP`, `-A ${through} -j RETURN`, 'COMMIT', ''].join('\n');
}
