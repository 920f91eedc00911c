import { describe, expect, it } from 'vitest';
import { LogFrames } from './log-frames.ts';

const TIME = '2026-01-01T00:00:00.123456789Z';
function frame(stream: 1 | 2, text: string | Buffer): Buffer {
  const payload = Buffer.concat([Buffer.from(`${TIME} `), Buffer.from(text)]);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

describe('the frames of a log', () => {
  it('become lines however the bytes are cut', () => {
    const bytes = Buffer.concat([frame(1, 'ünï\n'), frame(2, 'bad\r\n'), frame(1, '\n')]);
    const frames = new LogFrames();
    const lines = [...bytes].flatMap((byte) => frames.push(Buffer.from([byte])));
    expect(lines).toEqual([
      { at: new Date('2026-01-01T00:00:00.123Z'), stream: 'stdout', text: 'ünï' },
      { at: new Date('2026-01-01T00:00:00.123Z'), stream: 'stderr', text: 'bad' },
      { at: new Date('2026-01-01T00:00:00.123Z'), stream: 'stdout', text: '' },
    ]);
  });

  it('keep the first 16 KiB of a line without end', () => {
    const frames = new LogFrames();
    for (let i = 0; i < 10; i++) expect(frames.push(frame(1, 'x'.repeat(10_000)))).toEqual([]);
    expect(frames.push(frame(1, 'end\n'))[0]?.text).toHaveLength(16_384);
  });

  it('give what was left open when the stream ends, without NULs', () => {
    const frames = new LogFrames();
    frames.push(frame(1, 'half\0'));
    expect(frames.end()).toMatchObject([{ text: 'half\uFFFD' }]);
  });
});
