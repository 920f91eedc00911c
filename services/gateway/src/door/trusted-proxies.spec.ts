import { describe, expect, it } from 'vitest';
import { isNetwork, TrustedProxies } from './trusted-proxies.ts';

const proxies = new TrustedProxies(['10.0.0.0/8', '2001:db8::/32', '192.0.2.9']);
const from = (address: string, rawHeaders: string[]) => ({ ...proxies.believe({ address, scheme: 'http' }, rawHeaders), rawHeaders: proxies.withHost({ address, scheme: 'http' }, rawHeaders) });
const for_ = (...values: string[]): string[] => values.flatMap((value) => ['X-Forwarded-For', value]);

describe('the client of a trusted proxy', () => {
  it.each<[string, string[], string]>([
    ['is the one it names', for_('198.51.100.1'), '198.51.100.1'],
    ['is the rightmost that is no proxy, whatever the client wrote itself', for_('6.6.6.6, 198.51.100.1, 10.1.1.1'), '198.51.100.1'],
    ['is found across several headers', for_('6.6.6.6', '198.51.100.1', '2001:db8::5'), '198.51.100.1'],
    ['may have a port', for_('198.51.100.1:443'), '198.51.100.1'],
    ['may have brackets', for_('[2001:470::1]:443'), '2001:470::1'],
    ['is the nearest known when the rest is garbage', for_('198.51.100.1, unknown, 10.1.1.1'), '10.1.1.1'],
    ['is the proxy itself when it names nobody', [], '10.0.0.1'],
    ['is the outermost when all are proxies', for_('10.3.3.3, 10.2.2.2'), '10.3.3.3'],
  ])('%s', (_, headers, address) => expect(from('10.0.0.1', headers).address).toBe(address));
});

describe('a trusted proxy', () => {
  it('says how and under which name its client came', () => {
    expect(from('192.0.2.9', ['Host', 'inside', 'X-Forwarded-Proto', 'HTTPS', 'X-Forwarded-Host', 'app.example'])).toMatchObject({ scheme: 'https', rawHeaders: ['Host', 'app.example', 'X-Forwarded-Proto', 'HTTPS', 'X-Forwarded-Host', 'app.example'] });
  });

  it('changes no list that others may have', () => {
    const headers = Object.freeze(['Host', 'inside', 'X-Forwarded-Host', 'app.example']) as string[];
    expect([from('192.0.2.9', headers).rawHeaders[1], headers[1]]).toEqual(['app.example', 'inside']);
  });

  it('is not believed nonsense', () => {
    expect(from('192.0.2.9', ['Host', 'inside', 'X-Forwarded-Proto', 'gopher', 'X-Forwarded-Host', 'a b'])).toMatchObject({ scheme: 'http', rawHeaders: expect.arrayContaining(['inside']) });
  });
});

describe('anybody else', () => {
  it('is who connected, whatever they say', () => {
    const headers = ['Host', 'a', ...for_('10.0.0.1'), 'X-Forwarded-Proto', 'https', 'X-Forwarded-Host', 'b'];
    expect(from('198.51.100.1', [...headers])).toEqual({ address: '198.51.100.1', scheme: 'http', rawHeaders: headers });
    expect(from('', [...headers])).toMatchObject({ address: '' });
  });
});

it.each([['10.0.0.0/8', true], ['::/0', true], ['10.0.0.1', true], ['10.0.0.0/33', false], ['10.0.0/8', false], ['host', false], ['10.0.0.0/8/8', false], ['::1/129', false]])('%s is a network: %s', (text, is) => expect(isNetwork(text)).toBe(is));
