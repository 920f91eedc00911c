import { expect, it } from 'vitest';
import { missed, rowOf, summarise } from './statistics.ts';
import { tableOf } from './table.ts';

it.each([
  [[3, 1, 2], { median: 2, min: 1, max: 3 }],
  [[4, 1, 2, 3], { median: 2.5, min: 1, max: 4 }],
  [[7], { median: 7, min: 7, max: 7 }],
])('the middle of %j and its spread', (values, summary) => expect(summarise(values)).toEqual(summary));

it('nothing measured is no result', () => expect(() => summarise([])).toThrow(RangeError));

const pairs = [{ weir: 1000, bare: 500 }, { weir: 3000, bare: 1000 }, { weir: 900, bare: 900 }];

it('ratios are taken pair by pair', () => expect(rowOf('push', pairs, { must: 3, aim: 1.5 }).ratio).toEqual({ median: 2, min: 1, max: 3 }));

it('a bar is missed by the middle, not by the worst', () => {
  expect(missed([rowOf('push', pairs, { must: 2, aim: 1 }), rowOf('wake', pairs, { must: 1.9, aim: 1 })])).toEqual(['wake']);
});

it('the table shows each row with its bars', () => {
  expect(tableOf([rowOf('push', pairs, { must: 2, aim: 1 })])).toBe(
    ['figure  Weir              bare              ratio            must  aim', 'push    1.00 s 0.90-3.00  0.90 s 0.50-1.00  2.00x 1.00-3.00  ≤2    ≤1'].join('\n'),
  );
});
