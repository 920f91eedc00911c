import { describe, expect, it } from 'vitest';
import { closeFrame, FrameCursor } from './frame-cursor.ts';

const frame = (length: number): Buffer => {
  const head = length < 126 ? [0x82, length] : length < 65_536 ? [0x82, 126, length >> 8, length & 255] : [0x82, 127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(length, 0x88)]);
};

/** Where frames end, as a cursor sees it that gets `step` bytes at a time. */
function endsOf(bytes: Buffer, step: number): number[] {
  const cursor = new FrameCursor();
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; at += step) {
    const boundary = cursor.advance(bytes.subarray(at, at + step));
    if (boundary !== -1) ends.push(at + boundary);
  }
  return ends;
}

describe('a frame cursor', () => {
  it.each([0, 1, 125, 126, 65_535, 65_536])('knows the end of a frame of %i bytes, however it is cut', (length) => {
    const bytes = Buffer.concat([frame(length), frame(3)]);
    expect(endsOf(bytes, 1)).toEqual([frame(length).length, bytes.length]);
    for (const step of [2, 3, 7, 1000, bytes.length]) expect(endsOf(bytes, step).at(-1)).toBe(bytes.length);
  });

  it('is not between frames inside a head or a payload', () => {
    const cursor = new FrameCursor();
    expect(cursor.advance(Buffer.from([0x82]))).toBe(-1);
    expect(cursor.isBetweenFrames).toBe(false);
    expect(cursor.advance(Buffer.from([5, 1, 2]))).toBe(-1);
    expect(cursor.isBetweenFrames).toBe(false);
    expect(cursor.advance(Buffer.from([3, 4, 5, 0x82]))).toBe(3);
  });

  it.each([1, 2, 100])('knows when a close is what came last (%i bytes at a time)', (step) => {
    const cursor = new FrameCursor();
    const after = (bytes: Buffer): boolean => {
      for (let at = 0; at < bytes.length; at += step) cursor.advance(bytes.subarray(at, at + step));
      return cursor.hasClosed;
    };
    const close = closeFrame(1000, 'bye');
    expect([cursor.hasClosed, after(frame(200)), after(close.subarray(0, 4)), after(close.subarray(4)), after(frame(2))]).toEqual([false, false, false, true, false]);
  });

  it('can write a close frame', () => {
    expect(closeFrame(1012, 'ok')).toEqual(Buffer.from([0x88, 4, 0x03, 0xf4, 0x6f, 0x6b]));
  });
});
