import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hostResolvers } from './resolvers.ts';

const folder = mkdtempSync(join(tmpdir(), 'weir-resolvers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

it('apps are given the IPv4 name servers of this host', async () => {
  expect(await hostResolvers([file('plain', 'search example.org\nnameserver 10.0.0.53\nnameserver fe80::1\n nameserver 192.0.2.53\n'), file('other', 'nameserver 10.9.9.9\n')])).toEqual(['10.0.0.53', '192.0.2.53']);
});

it('where a resolver of the host itself is named, which apps cannot reach, they are given those that it asks', async () => {
  expect(await hostResolvers([file('stub', 'nameserver 127.0.0.53\noptions edns0\n'), file('upstream', 'nameserver 192.168.1.1\n')])).toEqual(['192.168.1.1']);
});

it('where none is known the engine chooses', async () => {
  expect(await hostResolvers([file('dnsmasq', 'nameserver 127.0.0.1\n'), join(folder, 'missing')])).toEqual([]);
});
