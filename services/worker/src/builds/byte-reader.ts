const LONGEST_LINE = 65_536;

/** Reads lines and counted bytes from what is written to it, one reader at a time; a full reader makes its writer wait. */
export class ByteReader {
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #ended = false;
  #failure: unknown;
  #wake: (() => void) | undefined;
  #room: (() => void) | undefined;

  /** Resolves when there is room for more. */
  async write(chunk: Buffer): Promise<void> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#wake?.();
    while (this.#length > 4 * 2 ** 20 && !this.#ended) await new Promise<void>((resolve) => (this.#room = resolve));
  }

  end(failure?: unknown): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake?.();
    this.#room?.();
  }

  /** The next line without its break, or `undefined` at the end. */
  async line(): Promise<string | undefined> {
    let text = Buffer.alloc(0);
    for (;;) {
      const chunk = await this.#next(LONGEST_LINE);
      if (!chunk) return text.length === 0 ? undefined : text.toString('utf8');
      const at = chunk.indexOf(10);
      text = Buffer.concat([text, at < 0 ? chunk : chunk.subarray(0, at)]);
      if (at >= 0) {
        this.#giveBack(chunk.subarray(at + 1));
        return text.toString('utf8');
      }
      if (text.length > LONGEST_LINE) throw new Error('a line is too long');
    }
  }

  /** Exactly `count` bytes, in pieces. */
  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      const chunk = await this.#next(left);
      if (!chunk) throw new Error('it ended early');
      left -= chunk.length;
      yield chunk;
    }
  }

  async #next(atMost: number): Promise<Buffer | undefined> {
    while (this.#chunks.length === 0) {
      if (this.#failure) throw this.#failure;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const chunk = this.#chunks.shift() as Buffer;
    this.#length -= chunk.length;
    if (chunk.length > atMost) this.#giveBack(chunk.subarray(atMost));
    this.#room?.();
    return chunk.subarray(0, atMost);
  }

  #giveBack(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.unshift(chunk);
    this.#length += chunk.length;
  }
}
