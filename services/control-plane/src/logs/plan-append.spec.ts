import type { NewLogLine } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { type Head, LOG_BYTES, planAppend } from './plan-append.ts';
import { LINE_BYTES, sanitizeLine } from './sanitize-line.ts';

const line = (text: string): NewLogLine => ({ at: '2026-11-23T00:00:00Z', stream: 'stdout', text });
const empty: Head = { seq: 0, bytes: 0, batches: {} };
const batch = (number: number, ...texts: string[]) => ({ writer: 'w', batch: number, lines: texts.map(line) });

describe('a batch of lines', () => {
  it('is numbered on from the last line', () => {
    const plan = planAppend({ ...empty, seq: 7 }, batch(0, 'a', 'b'), true);
    expect(plan?.lines.map(({ seq, text }) => [seq, text])).toEqual([[8, 'a'], [9, 'b']]);
    expect(plan?.head.seq).toBe(9);
  });

  it('is written once, however often it is sent', () => {
    const first = planAppend(empty, batch(3, 'a'), true);
    expect(planAppend(first?.head ?? empty, batch(3, 'a'), true)).toBeUndefined();
    expect(planAppend(first?.head ?? empty, batch(2, 'z'), true)).toBeUndefined();
    expect(planAppend(first?.head ?? empty, { ...batch(0, 'b'), writer: 'other' }, true)?.lines).toHaveLength(1);
  });

  it('ends a log that is full with one line that says so', () => {
    const full = { ...empty, bytes: LOG_BYTES };
    const plan = planAppend(full, batch(0, 'a', 'b', 'c'), true);
    expect(plan?.lines.map(({ stream }) => stream)).toEqual(['stdout', 'system']);
    expect(planAppend(plan?.head ?? empty, batch(1, 'd'), true)?.lines).toEqual([]);
  });

  it('forgets writers that fell silent long ago', () => {
    let head = empty;
    for (let writer = 0; writer < 80; writer++) head = planAppend(head, { writer: `w${writer}`, batch: 0, lines: [line('x')] }, true)?.head ?? head;
    expect(Object.keys(head.batches)).toHaveLength(50);
    expect(head.batches['w79']).toEqual([0, 80]);
  });
});

describe('a line', () => {
  it('is cut at its bytes, at a whole character, and says so', () => {
    const cut = sanitizeLine(line('ä'.repeat(16_000)));
    expect(Buffer.byteLength(cut.text)).toBeLessThanOrEqual(LINE_BYTES);
    expect(cut.text).toMatch(/ä … \(cut\)$/);
  });

  it('can be stored whatever an app wrote', () => {
    expect(sanitizeLine(line('a\0b\ud800c')).text).toBe('a�b�c');
  });
});
