import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { InstanceSpec } from '@weir/container-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DockerFixture, openDockerFixture } from '../testing/docker-fixture.ts';
import { Firewall } from './firewall.ts';
import { KernelPacketFilter } from './packet-filter.ts';
import { throughChain } from './rules.ts';

/** Sends only to this test's own listener and containers. Needs root. */
describe.skipIf(process.getuid?.() !== 0)('the firewall of an installation', { timeout: 60_000 }, () => {
  let engine: DockerFixture;
  let firewall: Firewall;
  let server: Server;
  let apps: [InstanceSpec, InstanceSpec];
  const filter = new KernelPacketFilter();
  const port = () => (server.address() as { port: number }).port;
  const hostAddresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);

  beforeAll(async () => {
    engine = await openDockerFixture();
    firewall = new Firewall({ installation: engine.installation, resolvers: [] });
    server = createServer((socket) => socket.end('host')).listen(0, '0.0.0.0');
    apps = [await engine.spec(), await engine.spec({ uid: 10_002 })];
    for (const app of apps) await engine.runtime.start(app);
    for (const app of apps) await engine.ready(app);
  });
  afterAll(async () => {
    await firewall.remove();
    server.close();
    await engine.close();
  });

  /** What an app reaches of these, as `host:port`. */
  const reached = async (targets: readonly string[]): Promise<unknown> => (await engine.run(apps[0], `
out['reached'] = []
for target in ${JSON.stringify(targets)}:
    host, port = target.rsplit(':', 1)
    try: socket.create_connection((host, int(port)), 1).close(); out['reached'].append(target)
    except OSError: pass`)).reached;
  const gateway = async () => (await engine.run(apps[0], `out['gateway'] = socket.inet_ntoa(bytes.fromhex([l.split()[2] for l in open('/proc/net/route') if l.split()[1] == '00000000'][0])[::-1])`)).gateway as string;

  it('S14 S15: closes this host, whatever its address, and leaves answers to it open', async () => {
    const targets = [await gateway(), ...hostAddresses].map((host) => `${host}:${port()}`);
    expect(await reached(targets)).toEqual(targets); // the test reaches it as long as nothing stops it
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: true });
    expect(await reached(targets)).toEqual([]);
  });

  it('S16: closes apps to each other', async () => {
    await firewall.assert();
    expect(await reached([await engine.ready(apps[1])])).toEqual([]);
  });

  it('S19: stands again after somebody flushed it, once and before the rules of others', async () => {
    await filter.run('iptables', ['-w', '5', '-F', throughChain(engine.installation)]);
    await filter.run('iptables', ['-w', '5', '-D', 'DOCKER-USER', '-j', throughChain(engine.installation)]);
    await filter.run('iptables', ['-w', '5', '-A', 'DOCKER-USER', '-j', throughChain(engine.installation)]);
    await firewall.assert();
    await firewall.assert();
    const { output } = await filter.run('iptables', ['-S', 'DOCKER-USER']);
    const rules = output.split('\n').filter((line) => line.startsWith('-A'));
    expect(rules.filter((rule) => rule.includes(engine.installation))).toHaveLength(1);
    expect(rules.findIndex((rule) => rule.includes(engine.installation))).toBeLessThan(rules.findIndex((rule) => rule.endsWith('-j RETURN')));
    expect((await filter.run('iptables', ['-S', throughChain(engine.installation)])).output).toContain('-d 169.254.0.0/16');
  });

  it('is removed without a trace, and without touching any other', async () => {
    await firewall.assert();
    await firewall.remove();
    for (const family of ['iptables', 'ip6tables'] as const) expect((await filter.run(family, ['-S'])).output).not.toContain(engine.installation);
  });
});
