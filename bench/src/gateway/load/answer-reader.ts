/** An HTTP answer, as far as a load client looks. */
export interface Answer {
  readonly status: number;
  readonly bodyBytes: number;
  readonly head: string;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Reads answers to GET off a connection (RFC 9112), counting bodies instead of keeping them. A switch of protocols leaves the rest as it is. */
export class AnswerReader {
  #held: Buffer = Buffer.alloc(0);
  #head = '';
  #body: 'head' | 'length' | 'chunk-size' | 'chunk' = 'head';
  #left = 0;
  #bodyBytes = 0;
  readonly #answered: (answer: Answer, rest: Buffer) => void;

  constructor(answered: (answer: Answer, rest: Buffer) => void) {
    this.#answered = answered;
  }

  /** @throws Error at what is no HTTP/1.1 with a length */
  feed(chunk: Buffer): void {
    let bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = Buffer.alloc(0);
    while (bytes.length > 0) {
      const used = this.#step(bytes);
      if (used === 0) return void (this.#held = Buffer.from(bytes)); // the chunk's memory is used again
      bytes = bytes.subarray(used);
    }
  }

  /** Bytes used of those given; 0 for "more is needed". */
  #step(bytes: Buffer): number {
    if (this.#body === 'head') return this.#readHead(bytes);
    if (this.#body === 'chunk-size') return this.#readChunkSize(bytes);
    const used = Math.min(this.#left, bytes.length);
    this.#left -= used;
    this.#bodyBytes += used;
    if (this.#left > 0) return used;
    if (this.#body === 'length') this.#finish(bytes.subarray(used));
    else this.#body = 'chunk-size';
    return used;
  }

  #readHead(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END);
    if (end === -1) return 0;
    this.#head = bytes.toString('latin1', 0, end + 2);
    const used = end + HEAD_END.length;
    this.#bodyBytes = 0;
    const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(this.#head)?.[1];
    if (this.#status === 101) {
      this.#finish(bytes.subarray(used));
      return bytes.length;
    }
    if (length !== undefined) {
      this.#body = 'length';
      this.#left = Number(length);
      if (this.#left === 0) this.#finish(bytes.subarray(used));
    } else if (/\r\ntransfer-encoding: *chunked\r\n/i.test(this.#head)) this.#body = 'chunk-size';
    else throw new Error(`an answer without a length: ${this.#head}`);
    return used;
  }

  /** The line end after a chunk's data counts as an empty line before the next size. */
  #readChunkSize(bytes: Buffer): number {
    const start = bytes[0] === 0x0d ? 2 : 0;
    const end = bytes.indexOf('\r\n', start);
    if (end === -1) return 0;
    const size = Number.parseInt(bytes.toString('latin1', start, end), 16);
    if (Number.isNaN(size)) throw new Error('a chunk without a size');
    if (size > 0) {
      this.#body = 'chunk';
      this.#left = size;
      return end + 2;
    }
    if (bytes.length < end + 4) return 0;
    this.#finish(bytes.subarray(end + 4));
    return end + 4;
  }

  #finish(rest: Buffer): void {
    this.#body = 'head';
    this.#answered({ status: this.#status, bodyBytes: this.#bodyBytes, head: this.#head }, rest);
  }

  get #status(): number {
    return Number(this.#head.slice(9, 12));
  }
}
