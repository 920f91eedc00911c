import { headStart, MOST_SEARCHED_BYTES } from '../tab/insertion.ts';
import type { AnswerBody } from './answer-body.ts';
import { readChunks } from './read-chunks.ts';

/** The start of a document as it is passed on. */
export interface Started {
  readonly bytes: Buffer;
  /** How many were inserted. */
  readonly added: number;
}

/** The start of a document's body, in whatever framing, held back until its head has begun: within its first bytes or not at all. */
export class DocumentStart {
  readonly #isChunked: boolean;
  readonly #html: Buffer;
  #held: Buffer = Buffer.alloc(0);

  constructor(framing: AnswerBody['framing'], html: Buffer) {
    this.#isChunked = framing === 'chunked';
    this.#html = html;
  }

  /** Takes bytes, which may be overwritten then. @returns `undefined` while more must come */
  add(bytes: Buffer, isOver: boolean): Started | undefined {
    this.#held = Buffer.concat([this.#held, bytes]);
    const chunks = this.#isChunked ? readChunks(this.#held) : undefined;
    const data = chunks?.data ?? this.#held;
    const at = headStart(data);
    if (at === -1) return isOver || this.#held.length >= MOST_SEARCHED_BYTES ? { bytes: this.#held, added: 0 } : undefined;
    const document = Buffer.concat([data.subarray(0, at), this.#html, data.subarray(at)]);
    return { bytes: chunks?.writeAsOne(document) ?? document, added: this.#html.length };
  }
}
