export interface Frame {
  readonly stream: 'stdout' | 'stderr';
  readonly chunk: Buffer;
}

const HEADER = 8;

/**
 * Splits the engine's multiplexed stream: 8 bytes (stream, 0, 0, 0, length big-endian), then the payload.
 *
 * Yields parts of a payload as they come, so a large frame is never held, and reads no
 * further than it is asked to: whoever is slow to take a frame slows the command down.
 */
export async function* framesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let header: Buffer = Buffer.alloc(0);
  let left = 0;
  let stream: Frame['stream'] = 'stdout';
  for await (const chunk of source) {
    let at = 0;
    while (at < chunk.length) {
      if (left === 0) {
        const part = chunk.subarray(at, at + HEADER - header.length);
        header = Buffer.concat([header, part]);
        at += part.length;
        if (header.length < HEADER) continue;
        stream = header[0] === 2 ? 'stderr' : 'stdout';
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        continue;
      }
      const part = chunk.subarray(at, at + left);
      at += part.length;
      left -= part.length;
      yield { stream, chunk: part };
    }
  }
}
