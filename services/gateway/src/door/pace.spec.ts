import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

it('a body of which nothing comes for a minute has stalled, and one of which a byte came meanwhile has not', () => {
  const pace = new Pace();
  const look = (times: number, bytesRead: number, isWilling = true): boolean[] => Array.from({ length: times }, () => pace.isStalled(bytesRead, isWilling));
  expect([...look(60, 10), ...look(60, 11)]).not.toContain(true);
  expect(look(1, 11)).toEqual([true]);
  expect(look(1, 12)).toEqual([false]);
});

it('a minute in which nobody would have read more counts for nothing', () => {
  const pace = new Pace();
  for (let look = 0; look < 1_000; look++) expect(pace.isStalled(10, look % 50 !== 0)).toBe(false);
});
