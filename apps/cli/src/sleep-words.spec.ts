import { describe, expect, it } from 'vitest';
import { sleepWords } from './sleep-words.ts';

describe('when an app sleeps', () => {
  it.each([
    [720, 1440, 'frozen after 12 h, stopped after 24 h without a visitor'],
    [5, null, 'frozen after 5 min without a visitor'],
    [null, 90, 'stopped after 90 min without a visitor'],
    [null, null, 'never sleeps'],
  ])('is said of %s and %s minutes', (freezeAfterMinutes, stopAfterMinutes, words) => {
    expect(sleepWords({ freezeAfterMinutes, stopAfterMinutes })).toBe(words);
  });
});
