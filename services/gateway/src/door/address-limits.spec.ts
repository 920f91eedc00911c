import { describe, expect, it } from 'vitest';
import { AddressLimits, networkOf } from './address-limits.ts';

describe('an address', () => {
  it('may have so many connections open and no more, whatever others have', () => {
    const limits = new AddressLimits({ open: 2, newPerSecond: 10 });
    expect([limits.enter('10.0.0.1', 0), limits.enter('10.0.0.1', 0), limits.enter('10.0.0.1', 0), limits.enter('10.0.0.2', 0)]).toEqual([undefined, undefined, 'address-open', undefined]);
    limits.leave('10.0.0.1');
    expect(limits.enter('10.0.0.1', 0)).toBeUndefined();
  });

  it('may open so many in a second, and again in the next', () => {
    const limits = new AddressLimits({ open: 9, newPerSecond: 2 });
    expect([limits.enter('a', 0), limits.enter('a', 999), limits.enter('a', 999), limits.enter('a', 1000)]).toEqual([undefined, undefined, 'address-rate', undefined]);
  });

  it('leaves nothing behind when its connections are gone', () => {
    const limits = new AddressLimits({ open: 9, newPerSecond: 9 });
    for (let i = 0; i < 3; i++) limits.enter('a', 0);
    for (let i = 0; i < 3; i++) limits.leave('a');
    expect(limits.size).toBe(0);
  });
});

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
