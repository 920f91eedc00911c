const MASKING_KEY_BYTES = 4;
/** FIN and the opcode. */
export const CLOSE = 0x88;
const OPCODE_MASK = 0x0f;
/** Opcodes from 8 on are control frames, which may come between the fragments of a message (RFC 6455 §5.5). */
const CONTROL_BIT = 0x08;

/**
 * Follows WebSocket frames (RFC 6455 §5.2) in a stream of bytes without touching payloads, to know where
 * a frame of our own may be put in, which is only between two frames, and how large messages are.
 */
export class FrameCursor {
  /** Payload bytes of the current frame still to come. */
  #payload = 0;
  /** Bytes of a frame's head that was split over chunks. */
  #head: number[] | undefined;
  /** The first byte of the frame that was begun last. */
  #first = 0;
  /** Payload bytes of the message that was begun last, all its fragments so far together. */
  #message = 0;
  #largest = 0;
  #sawMessage = false;

  get isBetweenFrames(): boolean {
    return this.#payload === 0 && this.#head === undefined;
  }

  /** Whether what came last is a close: nothing may follow it (RFC 6455 §5.5.1). */
  get hasClosed(): boolean {
    return this.#first === CLOSE && this.isBetweenFrames;
  }

  /** Whether the last chunk had more in it than pings, pongs and closes. */
  get sawMessage(): boolean {
    return this.#sawMessage;
  }

  /** Payload bytes, as they travel, of the largest message so far, counted as soon as a frame's head announces them. */
  get largestMessage(): number {
    return this.#largest;
  }

  /** Reads a chunk. @returns the offset after its last complete frame, or -1 if no frame ends in it */
  advance(chunk: Uint8Array): number {
    let offset = 0;
    let boundary = -1;
    this.#sawMessage = this.#payload > 0 && (this.#first & CONTROL_BIT) === 0;
    while (offset < chunk.length) {
      if (this.#payload > 0) {
        const step = Math.min(this.#payload, chunk.length - offset);
        this.#payload -= step;
        offset += step;
      } else {
        offset = this.#readHead(chunk, offset);
      }
      if (this.isBetweenFrames) boundary = offset;
    }
    return boundary;
  }

  #readHead(chunk: Uint8Array, start: number): number {
    const second = chunk[start + 1] ?? 127;
    const length = second & 0x7f;
    if (this.#head === undefined && length < 127) {
      // Nearly every frame: its head is in one piece, and needs no copy.
      const end = start + (length === 126 ? 4 : 2) + (second & 0x80 ? MASKING_KEY_BYTES : 0);
      if (end <= chunk.length) {
        this.#begin(chunk[start] ?? 0, length === 126 ? (chunk[start + 2] ?? 0) * 256 + (chunk[start + 3] ?? 0) : length);
        return end;
      }
    }
    const head = (this.#head ??= []);
    let offset = start;
    while (offset < chunk.length && head.length < headLength(head)) head.push(chunk[offset++] ?? 0);
    if (head.length === headLength(head)) {
      this.#head = undefined;
      this.#begin(head[0] ?? 0, payloadLength(head));
    }
    return offset;
  }

  #begin(first: number, length: number): void {
    this.#first = first;
    this.#payload = length;
    if ((first & CONTROL_BIT) !== 0) return;
    this.#sawMessage = true;
    this.#message = (first & OPCODE_MASK) === 0 ? this.#message + length : length; // 0 is one more fragment
    if (this.#message > this.#largest) this.#largest = this.#message;
  }
}

function headLength(head: readonly number[]): number {
  const second = head[1];
  if (second === undefined) return 2;
  const length = second & 0x7f;
  const extended = length === 126 ? 2 : length === 127 ? 8 : 0;
  return 2 + extended + (second & 0x80 ? MASKING_KEY_BYTES : 0);
}

function payloadLength(head: readonly number[]): number {
  const length = (head[1] ?? 0) & 0x7f;
  if (length < 126) return length;
  return head.slice(2, length === 126 ? 4 : 10).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** An unmasked close frame: what a server says before it hangs up. */
export function closeFrame(code: number, reason: string): Buffer {
  const text = Buffer.from(reason);
  const frame = Buffer.alloc(4 + text.length);
  frame.writeUInt8(CLOSE, 0);
  frame.writeUInt8(2 + text.length, 1);
  frame.writeUInt16BE(code, 2);
  text.copy(frame, 4);
  return frame;
}
