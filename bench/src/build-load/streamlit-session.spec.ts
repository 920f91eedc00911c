import { describe, expect, it } from 'vitest';
import { hasField } from './streamlit-session.ts';
import { p95 } from './latencies.ts';

describe('a message of Streamlit', () => {
  const hash = [0x0a, 0x03, 0x61, 0x62, 0x06]; // field 1, a text that holds the byte 6
  it.each([
    ['that ends a run', [...hash, 0x12, 0x02, 0x08, 0x01, 0x30, 0x00], true],
    ['of an element that is longer than a short length', [...hash, 0x2a, 0x80, 0x01, ...Array.from({ length: 128 }, () => 0x30)], false],
    ['that is cut off', [0x0a], false],
    ['of nothing', [], false],
  ])('%s', (_, bytes, ends) => expect(hasField(Buffer.from(bytes), 6)).toBe(ends));
});

describe('p95', () => {
  it('is what 95 in 100 did not exceed', () => {
    expect(p95(Array.from({ length: 100 }, (_, i) => 100 - i))).toBe(95);
    expect(p95([7])).toBe(7);
  });
});
