import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { InstanceSpec } from '@weir/container-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Firewall } from '../firewall/firewall.ts';
import { KernelPacketFilter } from '../firewall/packet-filter.ts';
import { hostChain, throughChain } from '../firewall/rules.ts';
import { containerName } from '../names.ts';
import { type DockerFixture, openDockerFixture } from '../testing/docker-fixture.ts';
import { harmsNobody } from '../testing/harms-nobody.ts';
import { StandInNetwork } from '../testing/stand-in-network.ts';
import { all, answers, onPorts } from './answers.ts';

harmsNobody();

/** What security.md §2.1 says of an app's network, tried from inside apps. Packets go to this host and to a namespace of the test's own. Needs root. */
describe.skipIf(process.getuid?.() !== 0)('an app that attacks the network', { timeout: 60_000 }, () => {
  let engine: DockerFixture;
  let around: StandInNetwork;
  let firewall: Firewall;
  let server: Server;
  let app: InstanceSpec;
  let neighbour: InstanceSpec;
  let host: string[];
  const filter = new KernelPacketFilter();
  const HOST_PORTS = [22, 2375, 5432, 6379, 8080];
  const try_ = (...targets: string[]) => answers(engine, app, targets);
  const listening = () => onPorts(host, [(server.address() as { port: number }).port]);

  beforeAll(async () => {
    around = await StandInNetwork.open();
    engine = await openDockerFixture({ resolvers: [around.resolver] });
    firewall = new Firewall({ installation: engine.installation, resolvers: [around.resolver] });
    server = createServer((socket) => socket.on('error', () => undefined).end('host')); // who tries a port hangs up at once
    await once(server.listen(0, '0.0.0.0'), 'listening');
    [app, neighbour] = [await engine.spec(), await engine.spec({ uid: 10_002 })];
    for (const spec of [app, neighbour]) await engine.runtime.start(spec);
    for (const spec of [app, neighbour]) await engine.ready(spec);
    const gateway = (await engine.run(app, `out['gateway'] = socket.inet_ntoa(bytes.fromhex([l.split()[2] for l in open('/proc/net/route') if l.split()[1] == '00000000'][0])[::-1])`))['gateway'] as string;
    host = [gateway, ...Object.values(networkInterfaces()).flatMap((of) => of ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address).slice(0, 4)];
  });
  afterAll(async () => {
    await firewall.remove();
    server.close();
    await engine.close();
    await around.close();
  });

  it('would reach everything, if there were no firewall', async () => {
    const targets = [...onPorts([...around.closed, around.internet], [25, 80]), ...listening()];
    expect(await try_(...targets)).toEqual(all(targets, 'open'));
    expect(await try_(...onPorts(host, [1]))).toEqual(all(onPorts(host, [1]), 'refused'));
  });

  it('S14: reaches no metadata service, no private, shared or link-local network and no mail server, but the internet', async () => {
    await firewall.assert();
    const closed = onPorts(around.closed, [25, 53, 80, 443, 5432]);
    expect(await try_(...closed)).toEqual(all(closed, 'nothing'));
    const mail = onPorts([around.internet], [25, 465, 587]);
    const web = onPorts([around.internet], [80, 443]);
    expect(await try_(...mail, ...web)).toEqual({ ...all(mail, 'refused'), ...all(web, 'open') });
  });

  it('S15: reaches this host by none of its addresses and no IPv6, while this host reaches it', async () => {
    await firewall.assert();
    const targets = [...listening(), ...onPorts(host, HOST_PORTS)];
    expect(await try_(...targets)).toEqual(all(targets, 'nothing'));
    const seen = await engine.run(app, `
out['addresses'] = open('/proc/net/if_inet6').read() if os.path.exists('/proc/net/if_inet6') else ''
try: socket.create_connection(('ff02::1%eth0', 80), 1); out['v6'] = 'open'
except OSError as error: out['v6'] = 'closed'`);
    expect(seen).toEqual({ addresses: '', v6: 'closed' });
  });

  it('S16: reaches no other app, neither by address nor by multicast, and cannot forge frames', async () => {
    await firewall.assert();
    const [peer = ''] = (await engine.ready(neighbour)).split(':');
    const subnet = Array.from({ length: 14 }, (_, i) => `${peer.slice(0, peer.lastIndexOf('.'))}.${(Number(peer.split('.')[3]) & 0xf0) + 1 + i}`);
    const targets = onPorts(subnet, [8501]);
    expect(await try_(...targets)).toEqual(all(targets, 'nothing'));
    await engine.run(neighbour, `
import struct
group = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
group.bind(('', 5353)); group.settimeout(1)
group.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton('239.1.2.3') + socket.inet_aton('0.0.0.0'))
sys.group = group; out['ok'] = True`);
    const send = (word: string) => `s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 8); s.sendto(b'${word}', ('239.1.2.3', 5353)); out['ok'] = True`;
    await engine.run(app, send('foreign'));
    await engine.run(neighbour, send('own'));
    expect(await engine.run(neighbour, `
out['heard'] = []
try:
    while True: out['heard'].append(sys.group.recv(64).decode())
except OSError: sys.group.close()`)).toEqual({ heard: ['own'] });
    expect(await engine.run(app, `
for name, kind in (('packet', (17, 3, 0x0300)), ('arp', (17, 2, 0x0608)), ('raw', (2, 3, 1))):
    try: socket.socket(*kind); out[name] = 'open'
    except OSError as error: out[name] = error.errno`)).toEqual({ packet: 1, arp: 1, raw: 1 });
  });

  it('S17: publishes no port, and a neighbour of this host cannot be routed to it', async () => {
    await firewall.assert();
    const { HostConfig, NetworkSettings } = await engine.connection.calls.getContainer(containerName(engine.installation, app.id)).inspect();
    expect([HostConfig.PortBindings, NetworkSettings.Ports]).toEqual([{}, {}]);
    expect((await filter.run('iptables', ['-w', '5', '-S', 'FORWARD'])).output).toContain('-P FORWARD DROP');
    expect(await around.dial(await engine.ready(app))).toBe('timeout');
  });

  it('S19: is let out by nobody for longer than it takes to look: what was flushed stands again', async () => {
    await firewall.assert();
    const [target = ''] = onPorts(around.closed, [80]);
    for (const [chain, reached] of [[throughChain(engine.installation), target], [hostChain(engine.installation), listening()[0] ?? '']] as const) {
      await filter.run('iptables', ['-w', '5', '-F', chain]);
      expect(await try_(reached)).toEqual({ [reached]: 'open' });
      expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: true });
      expect(await try_(reached)).toEqual({ [reached]: 'nothing' });
    }
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: false });
  });

  it('S20: asks the named resolver and no other, and of that host nothing else', async () => {
    await firewall.assert();
    const others = [around.internet, around.closed[1] ?? ''];
    const name = (label: string) => `${label}.weir-attack.example`;
    const seen = await engine.run(app, `
out['resolved'] = socket.gethostbyname('${name('allowed')}')
query = lambda name: b'\\x12\\x34\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00' + b''.join(bytes([len(p)]) + p.encode() for p in name.split('.')) + b'\\x00\\x00\\x01\\x00\\x01'
for server in ${JSON.stringify(others)}:
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(0.5)
    try: s.sendto(query('${name('leaked')}'), (server, 53)); s.recv(512); out[server] = 'answered'
    except OSError: out[server] = 'nothing'`);
    expect(seen).toEqual({ resolved: '203.0.113.9', ...Object.fromEntries(others.map((server) => [server, 'nothing'])) });
    expect(new Set(around.asked)).toEqual(new Set([`${around.resolver} ${name('allowed')}`]));
    const tcp = [...onPorts(others, [53]), ...onPorts([around.resolver], [80, 443])];
    expect(Object.values(await try_(...tcp))).not.toContain('open');
  });
});
