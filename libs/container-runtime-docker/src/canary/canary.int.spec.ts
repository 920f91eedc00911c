import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { baseName } from '@weir/images';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Firewall } from '../firewall/firewall.ts';
import { KernelPacketFilter } from '../firewall/packet-filter.ts';
import { throughChain } from '../firewall/rules.ts';
import { LABEL } from '../names.ts';
import { type DockerFixture, openDockerFixture } from '../testing/docker-fixture.ts';
import { Canary } from './canary.ts';

/** Sends only to this machine and to containers of its own. Needs root. */
describe.skipIf(process.getuid?.() !== 0)('a canary', { timeout: 60_000 }, () => {
  let engine: DockerFixture;
  let firewall: Firewall;
  let canary: Canary;
  let server: Server;
  let listener: string;
  const filter = new KernelPacketFilter();

  beforeAll(async () => {
    engine = await openDockerFixture();
    const { installation } = engine;
    firewall = new Firewall({ installation, resolvers: [] });
    server = createServer((socket) => socket.on('error', () => undefined).end()); // who tries a port hangs up at once
    await once(server.listen(0, '0.0.0.0'), 'listening');
    const host = Object.values(networkInterfaces()).flatMap((all) => all ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '';
    listener = `${host}:${(server.address() as { port: number }).port}`;
    canary = new Canary(engine.connection.calls, { installation, resolvers: [], image: baseName(installation, '3.11'), targets: async () => [listener] });
  });
  afterAll(async () => {
    await canary.close();
    await firewall.remove();
    server.close();
    await engine.close();
  });

  it('reaches this host while nothing stops it, and tells where: a port that is closed answers too', async () => {
    const flight = await canary.fly();
    expect(flight).toMatchObject({ status: 'escaped', reached: expect.arrayContaining([listener, expect.stringMatching(/^10\.20[0-3]\.\d+\.\d+:22$/)]) });
  });

  it('reaches nothing behind the firewall, and knows it in about the time that an app takes to start', async () => {
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const sinceMs = performance.now();
      await work();
      return performance.now() - sinceMs;
    };
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: true });
    await canary.close();
    const spec = await engine.spec();
    const startMs = await timed(async () => {
      await engine.runtime.start(spec);
      await engine.ready(spec);
    });
    expect(await timed(async () => expect(await canary.fly()).toEqual({ status: 'held' }))).toBeLessThan(2 * startMs + 1500); // half a second of it is patience
    await engine.runtime.remove(spec.id);
    await engine.runtime.sweep({ apps: [], images: [] });
  });

  it('escapes once somebody flushed the chain, and no more once that was seen and repaired', async () => {
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: false });
    await filter.run('iptables', ['-w', '5', '-F', `${throughChain(engine.installation)}-IN`]);
    expect(await canary.fly()).toMatchObject({ status: 'escaped' });
    expect(await firewall.assert()).toEqual({ status: 'enforced', repaired: true });
    expect(await canary.fly()).toEqual({ status: 'held' });
  });

  it('knows nothing where it cannot be started', async () => {
    const { installation, connection: { calls } } = engine;
    expect(await new Canary(calls, { installation, resolvers: [], image: undefined }).fly()).toEqual({ status: 'untried', reason: 'no base image is configured' });
    const unmade = new Canary(calls, { installation, resolvers: [], image: 'weir-no-such-image' });
    expect(await unmade.fly()).toMatchObject({ status: 'untried', reason: expect.stringContaining('No such image') });
    await unmade.close();
  });

  it('is no instance, and leaves neither container nor network', async () => {
    await canary.close();
    const filters = { label: [`${LABEL.installation}=${engine.installation}`] };
    expect(await engine.connection.calls.listContainers({ all: true, filters })).toEqual([]);
    expect(await engine.connection.calls.listNetworks({ filters })).toEqual([]);
  });
});
