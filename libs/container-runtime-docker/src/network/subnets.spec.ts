import { describe, expect, it } from 'vitest';
import { freeSubnets, seedFrom, SUBNETS } from './subnets.ts';

describe('subnets of apps', () => {
  it('start where the seed says and go round once', () => {
    expect([...freeSubnets(SUBNETS - 1, [])].slice(0, 2)).toEqual(['10.203.255.240/28', '10.200.0.0/28']);
    expect(new Set(freeSubnets(7, [])).size).toBe(SUBNETS);
  });

  it('overlap nothing that is taken, larger or smaller', () => {
    expect(freeSubnets(0, ['10.200.0.0/24', '10.200.1.4/30', 'fe80::1/64', '']).next().value).toBe('10.200.1.16/28');
    expect([...freeSubnets(0, ['10.0.0.0/8'])]).toEqual([]);
  });

  it('differ from app to app', () => {
    expect(seedFrom('app_a')).not.toBe(seedFrom('app_b'));
  });
});
