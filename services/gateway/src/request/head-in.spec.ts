import { expect, it } from 'vitest';
import { headIn, MOST_HEAD_BYTES } from './head-in.ts';

const ofLength = (length: number): string => `${'a'.repeat(length - 2)}\r\n`;

it.each([2, 4_091, 4_092, 4_093, 4_094, 4_096, 4_097, MOST_HEAD_BYTES + 2])('a head of %i bytes is found, whatever follows it', (length) => {
  const head = ofLength(length);
  for (const rest of ['', 'x', '\r\n\r\n', 'x'.repeat(5_000)]) expect(headIn(Buffer.from(`${head}\r\n${rest}`))).toBe(head);
});

it.each([['one that goes on', 'a: b\r\n'], ['one that goes on for long', ofLength(5_000)], ['too long a one', `${ofLength(MOST_HEAD_BYTES + 3)}\r\n`], ['nothing', '']])('%s has no end', (_, text) => expect(headIn(Buffer.from(text))).toBeUndefined());

it('bytes become the letters of Latin-1', () => expect(headIn(Buffer.from([0xe9, 13, 10, 13, 10]))).toBe('\xe9\r\n'));
