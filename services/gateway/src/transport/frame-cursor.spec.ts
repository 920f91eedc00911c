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

describe('messages', () => {
  const masked = (first: number, payload: number): number[] => [first, 0x80 | payload, 1, 2, 3, 4, ...Array.from({ length: payload }, () => 0x88)];
  const [text, binary, fragment, close, ping, pong] = [masked(0x81, 3), masked(0x82, 100), masked(0x02, 5), masked(0x88, 2), masked(0x89, 0), masked(0x8a, 4)];
  /** What is seen chunk by chunk. */
  const seen = (...chunks: number[][]): boolean[] => {
    const cursor = new FrameCursor();
    return chunks.map((chunk) => {
      cursor.advance(Uint8Array.from(chunk));
      return cursor.sawMessage;
    });
  };

  it.each([[text], [binary], [fragment], [[...pong, ...binary]], [[...binary, ...close]], [text.slice(0, 6)]])('are told from pings, pongs and closes (%#)', (bytes) => expect(seen(bytes)).toEqual([true]));

  it.each([[close], [ping], [pong], [[...pong, ...close]], [pong.slice(0, 1)], [[]]])('are not seen where there is none (%#)', (bytes) => expect(seen(bytes)).toEqual([false]));

  it('are seen in each of their parts, whatever these look like, and no longer', () => {
    expect(seen(binary.slice(0, 3), binary.slice(3, 20), binary.slice(20), pong.slice(0, 7), pong.slice(7))).toEqual([false, true, true, false, false]);
  });

  it.each([1, 2, 5, 1000])('are as large as their fragments, however they are cut (%i bytes at a time)', (step) => {
    const cursor = new FrameCursor();
    const after = (...frames: number[][]): number => {
      const bytes = Uint8Array.from(frames.flat());
      for (let at = 0; at < bytes.length; at += step) cursor.advance(bytes.subarray(at, at + step));
      return cursor.largestMessage;
    };
    expect([after(text), after(fragment, ping, masked(0x00, 7)), after(pong, masked(0x80, 1)), after(text), after(binary), after(masked(0x81, 99), close)]).toEqual([3, 12, 13, 13, 100, 100]);
  });

  it.each([1, 10])('are known by what their head announces (%i bytes at a time)', (step) => {
    const cursor = new FrameCursor();
    const head = Uint8Array.from([0x82, 127, 0xff, 0, 0, 0, 0, 0, 0, 0]);
    for (let at = 0; at < head.length; at += step) cursor.advance(head.subarray(at, at + step));
    expect(cursor.largestMessage).toBe(0xff * 2 ** 56);
  });
});
