import { BadAnswer, type AnswerHead } from './answer-head.ts';
import { ChunkCursor } from './chunk-cursor.ts';
import { valuesOf } from '../request/values-of.ts';

/** Where the body of an answer ends (RFC 9112 §6.3): after so many bytes, with its last chunk, or with the connection. */
export class AnswerBody {
  readonly framing: 'length' | 'chunked' | 'close';
  #left: number;
  readonly #chunks: ChunkCursor | undefined;

  /** @throws BadAnswer if it could be read in two ways */
  constructor({ status, headers }: AnswerHead, method: string) {
    const lengths = valuesOf(headers, 'content-length');
    const encodings = valuesOf(headers, 'transfer-encoding');
    if (lengths.length + encodings.length > 1 || lengths.some((length) => !/^\d{1,15}$/.test(length)) || encodings.some((encoding) => encoding.toLowerCase() !== 'chunked')) throw new BadAnswer('bad framing');
    const empty = method === 'HEAD' || status === 204 || status === 304;
    this.framing = empty || lengths.length > 0 ? 'length' : encodings.length > 0 ? 'chunked' : 'close';
    this.#left = empty ? 0 : Number(lengths[0] ?? 0);
    this.#chunks = this.framing === 'chunked' ? new ChunkCursor() : undefined;
  }

  /** The last byte has come. */
  get isOver(): boolean {
    return this.#chunks ? this.#chunks.isOver : this.framing === 'length' && this.#left === 0;
  }

  /** Reads bytes. @returns how many belong to the body @throws BadAnswer */
  advance(bytes: Uint8Array): number {
    if (this.#chunks) return this.#chunks.advance(bytes);
    if (this.framing === 'close') return bytes.length;
    const step = Math.min(this.#left, bytes.length);
    this.#left -= step;
    return step;
  }
}
