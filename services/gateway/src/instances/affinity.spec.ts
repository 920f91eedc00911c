import { describe, expect, it } from 'vitest';
import { newId } from '@weir/domain';
import { Affinity } from './affinity.ts';

const instance = (first: number) => ({ id: newId('instance', 0, new Uint8Array(16).fill(first)), attempt: first });
const [old, fresh, third] = [instance(1), instance(2), instance(3)];
const affinity = new Affinity(new Uint8Array(32).fill(7), false);
const pairOf = (cookie: string): string => cookie.split(';')[0] ?? '';

describe('an affinity cookie', () => {
  it('remembers the newest binding and the one before', () => {
    expect(affinity.bound('app_1', pairOf(affinity.bind('app_1', [fresh, old, third])))).toEqual([fresh, old]);
    expect(affinity.bound('app_1', pairOf(affinity.bind('app_1', [fresh])))).toEqual([fresh]);
  });

  it('counts for its own app only, and only as it was signed', () => {
    const pair = pairOf(affinity.bind('app_1', [fresh, old]));
    expect(affinity.bound('app_2', pair)).toEqual([]);
    expect(affinity.bound('app_1', pair.replace(old.id, third.id))).toEqual([fresh]);
    expect(affinity.bound('app_1', `${pair}x`)).toEqual([fresh]);
    expect(affinity.bound('app_1', undefined)).toEqual([]);
  });
});

describe('a tab\'s token', () => {
  it('is a binding that only this gateway can write', () => {
    const token = affinity.token('app_1', fresh);
    expect(affinity.read('app_1', token)).toEqual(fresh);
    expect(affinity.read('app_2', token)).toBeUndefined();
    for (const forged of [undefined, '', 'x.y.z', `${token}.x`, `${token}x`, `${token.slice(0, -22)}!${token.slice(-22)}`, `${token}${'x'.repeat(60_000)}`, token.replace('.2.', '.3.')]) expect(affinity.read('app_1', forged)).toBeUndefined();
    expect(new Affinity(new Uint8Array(32).fill(8), false).read('app_1', token)).toBeUndefined();
  });
});
