import { expect, it } from 'vitest';
import { binaryFrame, CLOSE_OPCODE, closingFrame, FrameReader } from './frames.ts';

const SIZES = [0, 125, 126, 2000, 65_535, 65_536, 1_048_576];

it.each([1, 7, 4096, 10_000_000])('frames of every size are found, read by %i bytes', (step) => {
  const sizes = step === 1 ? SIZES.slice(0, 4) : SIZES;
  const stream = Buffer.concat([...sizes.flatMap((size) => [binaryFrame(size, 'client'), binaryFrame(size, 'server')]), closingFrame('client')]);
  const found: [number, number][] = [];
  const reader = new FrameReader((opcode, payload) => found.push([opcode, payload]));
  for (let at = 0; at < stream.length; at += step) reader.feed(stream.subarray(at, at + step));
  expect(found).toEqual([...sizes.flatMap((size) => [[2, size], [2, size]]), [CLOSE_OPCODE, 2]]);
});
