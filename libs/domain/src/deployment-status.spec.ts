import { describe, expect, it } from 'vitest';
import { advance, DEPLOYMENT_STATUSES, IllegalTransition, isPending, statusesBefore } from './index.ts';

describe('a deployment', () => {
  it('never becomes live once it was superseded', () => {
    expect(() => advance('superseded', 'live')).toThrow(IllegalTransition);
  });

  it('accepts the same report twice', () => {
    for (const status of DEPLOYMENT_STATUSES) expect(advance(status, status)).toBe(status);
  });

  it('leaves a terminal status for nothing but live for superseded', () => {
    const exits = (from: (typeof DEPLOYMENT_STATUSES)[number]) => DEPLOYMENT_STATUSES.filter((to) => statusesBefore(to).includes(from));
    expect(exits('failed')).toEqual([]);
    expect(exits('cancelled')).toEqual([]);
    expect(exits('live')).toEqual(['superseded']);
  });

  it('is pending until it is live or ended', () => {
    expect(DEPLOYMENT_STATUSES.filter(isPending)).toEqual(['queued', 'building', 'starting']);
  });
});
