import { MAX_LINE_BYTES, type RuntimeLogLine } from '@weir/container-runtime';

const HEADER_BYTES = 8;
const STDERR = 2;

interface OpenLine {
  readonly at: Date;
  readonly parts: Buffer[];
  bytes: number;
}

/**
 * Reads the engine's log stream: frames of an 8 byte header (stream, length) and
 * `TIME TEXT`. A line beyond 16 KiB comes in several frames, each with a time; we keep the
 * first 16 KiB of it, however long it is.
 */
export class LogFrames {
  #rest: Buffer = Buffer.alloc(0);
  readonly #open = new Map<RuntimeLogLine['stream'], OpenLine>();

  /** The lines that became complete with this chunk. */
  push(chunk: Buffer): RuntimeLogLine[] {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const lines: RuntimeLogLine[] = [];
    let offset = 0;
    while (data.length - offset >= HEADER_BYTES) {
      const end = offset + HEADER_BYTES + data.readUInt32BE(offset + 4);
      if (data.length < end) break;
      const line = this.#frame(data[offset] === STDERR ? 'stderr' : 'stdout', data.subarray(offset + HEADER_BYTES, end));
      if (line) lines.push(line);
      offset = end;
    }
    this.#rest = data.subarray(offset);
    return lines;
  }

  /** What was written without a line end when the stream ended. */
  end(): RuntimeLogLine[] {
    const lines = [...this.#open].map(([stream, open]) => finished(stream, open));
    this.#open.clear();
    return lines;
  }

  #frame(stream: RuntimeLogLine['stream'], payload: Buffer): RuntimeLogLine | undefined {
    const space = payload.indexOf(0x20);
    const at = new Date(payload.toString('latin1', 0, Math.max(0, space)));
    if (space < 0 || Number.isNaN(at.getTime())) return undefined; // never seen; a frame without a time has no place in the log
    const isEnd = payload.at(-1) === 0x0a;
    const text = payload.subarray(space + 1, isEnd ? -1 : undefined);
    const open = this.#open.get(stream) ?? { at, parts: [], bytes: 0 };
    const room = MAX_LINE_BYTES - open.bytes;
    if (room > 0) open.parts.push(Buffer.from(text.subarray(0, room)));
    open.bytes += Math.min(room, text.length);
    if (!isEnd) {
      this.#open.set(stream, open);
      return undefined;
    }
    this.#open.delete(stream);
    return finished(stream, open);
  }
}

const finished = (stream: RuntimeLogLine['stream'], { at, parts }: OpenLine): RuntimeLogLine => ({
  at,
  stream,
  // Postgres's text holds no NUL. A character cut in two at the limit is dropped.
  text: Buffer.concat(parts).toString('utf8').replace(/\uFFFD$/, '').replaceAll('\0', '\uFFFD').replace(/\r$/, ''),
});
