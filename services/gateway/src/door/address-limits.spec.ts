import { describe, expect, it } from 'vitest';
import { AddressLimits, networkOf, type AddressRefusal, type Guest } from './address-limits.ts';

/** @throws Error for one who was not */
function letIn(entered: Guest | AddressRefusal): Guest {
  if (typeof entered === 'string') throw new Error(entered);
  return entered;
}

describe('an address', () => {
  it('may have so many connections open and no more, whatever others have', () => {
    const limits = new AddressLimits({ open: 2, newPerSecond: 10 });
    const enter = (address: string) => limits.enter(address, 0);
    const guest = letIn(enter('10.0.0.1'));
    expect([enter('10.0.0.1'), enter('10.0.0.1'), enter('10.0.0.2')]).toEqual([guest, 'address-open', expect.objectContaining({ open: 1 })]);
    limits.leave(guest);
    expect(enter('10.0.0.1')).toBe(guest);
  });

  it('may open so many in a second, and again in the next', () => {
    const limits = new AddressLimits({ open: 9, newPerSecond: 2 });
    const guest = letIn(limits.enter('a', 0));
    expect([limits.enter('a', 999), limits.enter('a', 999), limits.enter('a', 1000)]).toEqual([guest, 'address-rate', guest]);
  });

  it('leaves nothing behind when its connections are gone', () => {
    const limits = new AddressLimits({ open: 9, newPerSecond: 9 });
    const guests = Array.from({ length: 3 }, () => letIn(limits.enter('a', 0)));
    for (const guest of guests) limits.leave(guest);
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
