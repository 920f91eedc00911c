import { describe, expect, it } from 'vitest';
import { listenAddressOf, plainAddresses } from './listen-address.ts';

describe('an address to listen on', () => {
  it.each([
    ['192.0.2.10', '192.0.2.10'], ['0.0.0.0:80', '0.0.0.0:80'], ['[::]', '[::]'], ['[2001:DB8:0::1]:8443', '[2001:db8::1]:8443'],
  ])('%s is taken as %s', (text, address) => {
    expect(listenAddressOf(text)).toBe(address);
  });

  it.each(['', 'example.org', 'http://0.0.0.0', '0.0.0.0/0', '1.2.3', '1.2.3.256', '::1', '[fe80::1%eth0]', '[::1', '0.0.0.0:', '0.0.0.0:http'])('%j is refused', (text) => {
    expect(() => listenAddressOf(text)).toThrow(expect.objectContaining({ code: 'listen.invalid' }));
  });

  it('has a port that exists', () => {
    expect(() => listenAddressOf('0.0.0.0:65536')).toThrow(expect.objectContaining({ code: 'port.invalid' }));
  });
});

describe('the addresses without TLS', () => {
  const at = (...listen: string[]) => plainAddresses({ port: 8080, listen });
  const own = ['127.0.0.1:8080', '[::1]:8080'];

  it('are loopback’s alone unless an operator says otherwise', () => {
    expect(at()).toEqual(own);
    expect(at('127.0.0.1')).toEqual(own);
  });

  it('follow the public port, unless they have one of their own', () => {
    expect(at('192.0.2.10', '192.0.2.11:80', '[2001:db8::1]')).toEqual([...own, '192.0.2.10:8080', '192.0.2.11:80', '[2001:db8::1]:8080']);
  });

  it('leave out what a wildcard takes anyway', () => {
    expect(at('0.0.0.0', '192.0.2.10')).toEqual(['[::1]:8080', '0.0.0.0:8080']);
    expect(at('0.0.0.0', '[::]')).toEqual(['[::]:8080']);
    expect(at('0.0.0.0:80')).toEqual([...own, '0.0.0.0:80']);
  });
});
