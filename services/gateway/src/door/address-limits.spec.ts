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
    const enter = (address: string, nowMs = 0) => limits.enter(address, nowMs);
    const guest = letIn(enter('10.0.0.1'));
    expect([enter('10.0.0.1'), enter('10.0.0.1'), enter('10.0.0.2')]).toEqual([guest, 'address-open', expect.objectContaining({ open: 1 })]);
    limits.leave(guest, 0);
    expect(enter('10.0.0.1', 100)).toBe(guest);
  });

  it('may open as many at once as it may have open, though that is more than it is given in a second', () => {
    const limits = new AddressLimits({ open: 2_000, newPerSecond: 500 });
    const entered = Array.from({ length: 2_001 }, () => limits.enter('a', 0.1));
    expect(entered.map((each) => (typeof each === 'string' ? each : 'in'))).toEqual([...Array.from({ length: 2_000 }, () => 'in'), 'address-open']);
  });

  it('that has opened them all is given so many a second, however often it was refused, and never more at once than before', () => {
    const limits = new AddressLimits({ open: 4, newPerSecond: 2 });
    const openTen = (nowMs: number): number => {
      const entered = Array.from({ length: 10 }, () => {
        const guest = limits.enter('a', nowMs);
        if (typeof guest !== 'string') limits.leave(guest, nowMs);
        return guest;
      });
      return entered.filter((each) => each !== 'address-rate').length;
    };
    expect([0, 0, 400, 500, 500, 1_500, 60_000, 60_001].map(openTen)).toEqual([4, 0, 0, 1, 0, 2, 4, 0]);
    expect(limits.enter('a', 60_001)).toBe('address-rate');
    expect(limits.enter('b', 60_001)).toMatchObject({ open: 1 });
  });

  it('leaves nothing behind when its connections are gone and it may open as many as any other', () => {
    const limits = new AddressLimits({ open: 9, newPerSecond: 10 });
    const guests = Array.from({ length: 3 }, () => letIn(limits.enter('a', 0)));
    limits.leave(guests[0]!, 299);
    limits.leave(guests[1]!, 299);
    expect(limits.size).toBe(1);
    limits.leave(guests[2]!, 300);
    expect(limits.size).toBe(0);
  });

  it('leaves nothing behind at once where only what is open counts', () => {
    const limits = new AddressLimits({ open: 9 });
    limits.leave(letIn(limits.enter('a')));
    expect(limits.size).toBe(0);
  });
});

it('of a hundred thousand addresses that come once, those of the last second are remembered', () => {
  const limits = new AddressLimits({ open: 2_000, newPerSecond: 500 });
  let most = 0;
  for (let i = 0; i < 100_000; i++) {
    limits.leave(letIn(limits.enter(`2001:db8:${(i >> 16).toString(16)}:${(i & 65_535).toString(16)}::1`, i / 10)), i / 10); // ten in each ms
    most = Math.max(most, limits.size);
  }
  expect(most).toBeLessThanOrEqual(10_100);
  limits.leave(letIn(limits.enter('10.0.0.1', 20_000)), 20_002);
  expect(limits.size).toBe(0);
});

it.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
