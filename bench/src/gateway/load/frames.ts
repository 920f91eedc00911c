const BINARY = 0x82;
const CLOSE = 0x88;
const PONG = 0x8a;
const MASK_BYTES = 4;

/** One whole binary WebSocket message (RFC 6455 §5.2). A client's is masked, as it must be. */
export function binaryFrame(payloadBytes: number, by: 'client' | 'server'): Buffer {
  return frame(BINARY, payloadBytes, by);
}

/** Status 1000, normal closure. */
export function closingFrame(by: 'client' | 'server'): Buffer {
  const made = frame(CLOSE, 2, by);
  made.writeUInt16BE(by === 'client' ? 1000 ^ made.readUInt16BE(made.length - 6) : 1000, made.length - 2);
  return made;
}

/** What a browser answers a ping with that has no payload. */
export const answerToPing = (): Buffer => frame(PONG, 0, 'client');

function frame(kind: number, payloadBytes: number, by: 'client' | 'server'): Buffer {
  const masked = by === 'client' ? 0x80 : 0;
  const extended = payloadBytes < 126 ? 0 : payloadBytes < 65_536 ? 2 : 8;
  const mask = by === 'client' ? MASK_BYTES : 0;
  const made = Buffer.alloc(2 + extended + mask + payloadBytes, 0x5a);
  made.writeUInt8(kind, 0);
  made.writeUInt8(masked | (extended === 0 ? payloadBytes : extended === 2 ? 126 : 127), 1);
  if (extended === 2) made.writeUInt16BE(payloadBytes, 2);
  if (extended === 8) made.writeBigUInt64BE(BigInt(payloadBytes), 2);
  return made;
}

/** Finds where frames end in a stream of bytes, without looking into them. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);
  #left = 0;
  #opcode = 0;
  readonly #ended: (opcode: number, payloadBytes: number) => void;
  #payload = 0;

  constructor(ended: (opcode: number, payloadBytes: number) => void) {
    this.#ended = ended;
  }

  feed(chunk: Buffer): void {
    let bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = Buffer.alloc(0);
    for (;;) {
      if (this.#left > bytes.length) return void (this.#left -= bytes.length);
      if (this.#left > 0) {
        bytes = bytes.subarray(this.#left);
        this.#left = 0;
        this.#ended(this.#opcode, this.#payload);
      }
      const head = headBytes(bytes);
      if (head === undefined || bytes.length < head) return void (this.#held = Buffer.from(bytes)); // the chunk's memory is used again
      this.#opcode = bytes.readUInt8(0) & 0x0f;
      this.#payload = payloadBytes(bytes);
      this.#left = this.#payload;
      bytes = bytes.subarray(head);
      if (this.#left === 0) this.#ended(this.#opcode, 0);
    }
  }
}

export const CLOSE_OPCODE = CLOSE & 0x0f;
export const PING_OPCODE = 9;
/** Whether it is of a message, and not of a ping, a pong or a close. */
export const isOfMessage = (opcode: number): boolean => opcode < 8;

function headBytes(bytes: Buffer): number | undefined {
  const second = bytes[1];
  if (second === undefined) return undefined;
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? MASK_BYTES : 0);
}

function payloadBytes(bytes: Buffer): number {
  const short = bytes.readUInt8(1) & 0x7f;
  return short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
}
