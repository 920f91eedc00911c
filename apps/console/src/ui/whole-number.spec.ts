import { describe, expect, it } from 'vitest';
import { wholeNumber } from './whole-number.ts';

describe('a whole number that was typed', () => {
  it('is taken between its bounds, and nothing else is', () => {
    expect(['1', ' 20 ', '020', '0', '21', '2.5', '-1', '1e1', '', 'many'].map((text) => wholeNumber(text, 1, 20))).toEqual([1, 20, 20, undefined, undefined, undefined, undefined, undefined, undefined, undefined]);
  });
});
