import { describe, expect, it } from 'vitest';
import { EgressPolicy } from './egress-policy.ts';

const names: Record<string, string[]> = { 'public.test': ['93.184.215.14'], 'inside.test': ['10.0.0.5'], 'rebinding.test': ['93.184.215.14', '127.0.0.1'], 'index.test': ['10.9.9.9'], 'six.test': ['2606:4700::1', '1.1.1.1'] };
const policy = new EgressPolicy(['index.test:443', 'git.test:8080', '127.0.0.1:3000'], async (host) => names[host] ?? []);
const https = (host: string, port = 443) => policy.decide({ host, port, tls: true });
const http = (host: string, port = 80) => policy.decide({ host, port, tls: false });

describe('an egress policy', () => {
  it('lets public hosts be reached over https, at the address it judged', async () => {
    expect(await https('public.test')).toEqual({ allowed: true, address: '93.184.215.14' });
    expect(await https('six.test')).toEqual({ allowed: true, address: '1.1.1.1' });
  });

  it.each(['inside.test', 'rebinding.test', 'unknown.test', '127.0.0.1', '169.254.169.254', '[::1]', '[::ffff:8.8.8.8]'])('refuses %s', async (host) => {
    expect(await https(host)).toMatchObject({ allowed: false });
  });

  it('opens no other port, and no plain http, of hosts that are not listed', async () => {
    expect(await https('public.test', 22)).toMatchObject({ allowed: false });
    expect(await http('public.test')).toMatchObject({ allowed: false });
  });

  it('lets a listed host have a private address, on the listed port alone', async () => {
    expect(await https('index.test')).toMatchObject({ allowed: true, address: '10.9.9.9' });
    expect(await https('INDEX.test')).toMatchObject({ allowed: true });
    expect(await http('index.test')).toMatchObject({ allowed: false });
    expect(await http('127.0.0.1', 3000)).toMatchObject({ allowed: true });
    expect(await http('127.0.0.1', 3001)).toMatchObject({ allowed: false });
  });
});
