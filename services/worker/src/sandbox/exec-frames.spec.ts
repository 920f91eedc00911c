import { describe, expect, it } from 'vitest';
import { framesOf } from './exec-frames.ts';

const frame = (stream: number, text: string): Buffer => {
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
};

async function* inPieces(data: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

describe('frames of an exec', () => {
  const data = Buffer.concat([frame(1, 'out one'), frame(2, 'err'), frame(1, ''), frame(1, ' and two')]);

  it.each([1, 3, 7, 8, 9, 64])('are the same however they are cut: pieces of %d', async (size) => {
    const seen = { stdout: '', stderr: '' };
    for await (const { stream, chunk } of framesOf(inPieces(data, size))) seen[stream] += chunk.toString();
    expect(seen).toEqual({ stdout: 'out one and two', stderr: 'err' });
  });
});
