import { expect, it } from 'vitest';
import { closedRouter, forbiddenTargets } from './forbidden-targets.ts';

const routes = (gateway: string): string => `Iface\tDestination\tGateway\tFlags\neth0\t0000A8C0\t00000000\t0001\neth0\t00000000\t${gateway}\t0003\n`;

it('a router in a private network is tried, a public one is not', () => {
  expect(closedRouter(routes('0101A8C0'))).toBe('192.168.1.1');
  expect(closedRouter(routes('010200C6'))).toBeUndefined();
  expect(closedRouter('Iface\tDestination\tGateway\n')).toBeUndefined();
});

it('metadata services, private networks and this host are tried', async () => {
  const targets = await forbiddenTargets();
  expect(targets).toEqual(expect.arrayContaining(['169.254.169.254:80', '10.0.0.1:80', '172.16.0.1:80', '192.168.0.1:80', '100.64.0.1:80']));
  for (const target of targets) expect(target).toMatch(/^\d+\.\d+\.\d+\.\d+:\d+$/);
});
