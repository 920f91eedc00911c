import { headIn, MOST_HEAD_BYTES } from './head-in.ts';
import { readStrictHead, type StrictHead } from './strict-head.ts';
import { NOTHING } from '../transport/nothing.ts';

export interface Peeked {
  readonly head: StrictHead;
  /** Of the head, with the empty line at its end. */
  readonly headBytes: number;
}

const HEAD_END = '\r\n\r\n';
/** A head in more pieces comes from a slow line or a malicious client, and is read by a parser made for that. */
const MOST_PIECES = 64;
/** Methods begin with a letter. */
const FIRST_LETTER = 0x41;

/** What a client has sent and nobody has read yet. */
export class UnreadBytes {
  #bytes = NOTHING;
  #pieces = 0;
  /** They lie in memory that is another's after this turn. */
  #isBorrowed = false;

  get length(): number {
    return this.#bytes.length;
  }

  get all(): Buffer {
    return this.#bytes;
  }

  /** Takes bytes that will be overwritten, unless they are kept. */
  add(chunk: Buffer): void {
    this.#isBorrowed = this.#bytes.length === 0;
    this.#bytes = this.#isBorrowed ? chunk : Buffer.concat([this.#bytes, chunk]);
    this.#pieces += 1;
  }

  /** Keeps what is still unread for later. Most requests come and are read in one piece, and need no copy. */
  keep(): void {
    if (this.#isBorrowed && this.#bytes.length > 0) this.#bytes = Buffer.from(this.#bytes);
    this.#isBorrowed = false;
  }

  /** Looks at the next request; `odd` if its head is not strictly one, or will not be. */
  peek(): Peeked | 'incomplete' | 'odd' {
    const text = headIn(this.#bytes);
    if (text === undefined) return this.#isPlausible() ? 'incomplete' : 'odd';
    const head = readStrictHead(text);
    return head ? { head, headBytes: text.length + 2 } : 'odd';
  }

  /** Whether more heads than that seem to lie here: a body among them may hold empty lines too. */
  holdsMoreThan(heads: number): boolean {
    let end = -1;
    for (let count = 0; count <= heads; count++) {
      end = this.#bytes.indexOf(HEAD_END, end + 1);
      if (end === -1) return false;
    }
    return true;
  }

  /** Drops a head. @returns what has come of the body behind it, which is no longer unread */
  take({ headBytes, head }: Peeked): Buffer {
    const rest = this.#bytes.subarray(headBytes);
    const ahead = rest.subarray(head.bodyBytes);
    this.#bytes = ahead.length > 0 ? ahead : NOTHING; // an empty view would keep the memory that it looks into
    this.#pieces = ahead.length > 0 ? 1 : 0;
    return rest.subarray(0, head.bodyBytes);
  }

  #isPlausible(): boolean {
    const bytes = this.#bytes;
    return bytes.length <= MOST_HEAD_BYTES && this.#pieces < MOST_PIECES && (bytes[0] ?? 0) >= FIRST_LETTER && !/(?<!\r)\n/.test(bytes.toString('latin1'));
  }
}
