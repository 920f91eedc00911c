import { describe, expect, it } from 'vitest';
import { ago, duration, span } from './time-words.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const before = (ms: number): string => ago(new Date(now - ms).toISOString(), now);

describe('how long ago', () => {
  it('says the largest whole unit', () => {
    expect([0, 59_999, 60_000, 59 * 60_000, 3_600_000, 86_399_999, 86_400_000].map(before)).toEqual(['just now', 'just now', '1 min ago', '59 min ago', '1 h ago', '23 h ago', '1 d ago']);
  });

  it('says the date after a month', () => {
    expect(before(40 * 86_400_000)).toBe('11 Oct 2026');
  });

  it('is never in the future, though clocks differ', () => {
    expect(before(-90_000)).toBe('just now');
  });
});

describe('a duration', () => {
  it('has a unit and no more digits than it means', () => {
    expect([0, 240, 3420, 12_900, 125_000, 3_780_000].map(duration)).toEqual(['0 ms', '240 ms', '3.4 s', '12 s', '2 min 5 s', '1 h 3 min']);
  });
});

describe('a span that a person chose', () => {
  it('is said exactly, without parts that are zero', () => {
    expect([0, 45, 90, 900, 5400, 43_200, 86_400, 90_000, 604_800].map(span)).toEqual(['0 s', '45 s', '1 min 30 s', '15 min', '1 h 30 min', '12 h', '24 h', '1 d 1 h', '7 d']);
  });
});
