import { valueOf } from '../request/values-of.ts';
import { answerDocument, takesInsertion, type Insertion } from '../tab/insertion.ts';
import type { AnswerBody } from './answer-body.ts';
import { headText, type AnswerHead } from './answer-head.ts';
import { DocumentStart } from './document-start.ts';
import { joined } from './joined.ts';
import { sendCopy } from './send-copy.ts';
import type { Wire } from './wire.ts';

export interface OutgoingAnswerParts {
  readonly client: Wire;
  /** As the upstream gave it. */
  readonly head: AnswerHead;
  /** As the browser gets them, but for what an insertion changes. */
  readonly headers: readonly string[];
  readonly framing: AnswerBody['framing'];
  readonly method: string;
  readonly insertion: Insertion | undefined;
}

/**
 * An answer on its way to the browser: a head and the first bytes of a body in one write, then bytes as they come.
 *
 * A document begins once it is known where something is inserted into it.
 */
export class OutgoingAnswer {
  readonly #client: Wire;
  readonly #firstLine: string;
  readonly #insertion: Insertion | undefined;
  #headers: readonly string[];
  #document: DocumentStart | undefined;
  #hasBegun = false;

  constructor({ client, head, headers, framing, method, insertion }: OutgoingAnswerParts) {
    this.#client = client;
    this.#firstLine = `HTTP/1.1 ${head.status} ${head.reason}`;
    this.#headers = headers;
    this.#insertion = insertion && takesInsertion(head.status, valueOf(head.headers, 'content-type'), valueOf(head.headers, 'content-encoding')) ? insertion : undefined;
    if (!this.#insertion) return;
    if (head.status === 304 || method === 'HEAD') this.#headers = answerDocument(headers, this.#insertion, undefined);
    else this.#document = new DocumentStart(framing, this.#insertion.html);
  }

  /** The browser was told something of it. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /**
   * Takes bytes of the body; `lent` ones are overwritten after the call.
   *
   * @returns whether the browser takes more now
   */
  write(part: Buffer, lent: boolean, isOver: boolean): boolean {
    if (this.#hasBegun) return lent ? sendCopy(this.#client, part) : this.#client.write(part);
    if (!this.#document) return this.#begin(part);
    const started = this.#document.add(part, isOver);
    if (!started) return true;
    this.#document = undefined;
    if (this.#insertion && started.added > 0) this.#headers = answerDocument(this.#headers, this.#insertion, started.added);
    return this.#begin(started.bytes);
  }

  #begin(start: Buffer): boolean {
    this.#hasBegun = true;
    return this.#client.write(joined(headText(this.#firstLine, this.#headers), start));
  }
}
