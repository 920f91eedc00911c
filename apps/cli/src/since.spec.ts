import { describe, expect, it } from 'vitest';
import { since } from './since.ts';

describe('--since', () => {
  const now = Date.parse('2026-01-02T00:00:00Z');

  it.each([['10m', '2026-01-01T23:50:00.000Z'], ['2h', '2026-01-01T22:00:00.000Z'], ['1d', '2026-01-01T00:00:00.000Z'], ['2026-01-01T12:00:00+01:00', '2026-01-01T11:00:00.000Z']])('takes %s', (text, at) => {
    expect(since(text, now)).toBe(at);
  });

  it.each(['', 'yesterday', '10', '-5m', '5 m', '2026-13-01'])('refuses %j', (text) => {
    expect(() => since(text, now)).toThrow('--since takes');
  });
});
