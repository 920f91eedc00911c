import { describe, expect, it } from 'vitest';
import { policyWords } from './sleep-words.ts';

describe('a sleep policy in one phrase', () => {
  it.each([
    [720, 1440, 'Frozen after 12 h without a session, stopped after 24 h'],
    [15, null, 'Frozen after 15 min without a session, never stopped'],
    [null, 60, 'Stopped after 1 h without a session'],
    [60, 60, 'Stopped after 1 h without a session'],
    [null, null, 'Never'],
  ])('freeze after %s, stop after %s', (freezeAfterMinutes, stopAfterMinutes, words) => {
    expect(policyWords({ freezeAfterMinutes, stopAfterMinutes })).toBe(words);
  });
});
