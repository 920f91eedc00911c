import { isFieldValueCode } from '../request/field-lines.ts';
import { BadAnswer } from './answer-head.ts';

type Place = 'size' | 'size-end' | 'data' | 'data-end-cr' | 'data-end-lf' | 'line-start' | 'line' | 'line-end' | 'last' | 'over';

const [CR, LF] = [13, 10];
const MOST_DIGITS = 8;
const TRAILER_BYTES = 8_192;

/**
 * Follows chunked framing (RFC 9112 §7.1) in a stream of bytes, to know where it ends.
 *
 * Strict, because what is passed on is read again by others: CRLF only, plain sizes, no extensions.
 */
export class ChunkCursor {
  #place: Place = 'size';
  #digits = 0;
  /** Of the current chunk, still to come. */
  #left = 0;
  #trailer = 0;

  get isOver(): boolean {
    return this.#place === 'over';
  }

  /** Reads bytes. @returns how many belong to the body @throws BadAnswer */
  advance(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length && this.#place !== 'over') {
      if (this.#place === 'data') {
        const step = Math.min(this.#left, bytes.length - at);
        this.#left -= step;
        at += step;
        if (this.#left === 0) this.#place = 'data-end-cr';
      } else {
        this.#place = this.#step(this.#place, bytes[at] ?? 0);
        at += 1;
      }
    }
    return at;
  }

  #step(place: Exclude<Place, 'data' | 'over'>, code: number): Place {
    switch (place) {
      case 'size':
        return code === CR && this.#digits > 0 ? 'size-end' : this.#digit(code);
      case 'size-end':
        return after(code, LF, this.#sized());
      case 'data-end-cr':
        return after(code, CR, 'data-end-lf');
      case 'data-end-lf':
        return after(code, LF, 'size');
      case 'line-start':
        return code === CR ? 'last' : this.#trailing(code);
      case 'line':
        return code === CR ? 'line-end' : this.#trailing(code);
      case 'line-end':
        return after(code, LF, 'line-start');
      case 'last':
        return after(code, LF, 'over');
    }
  }

  #digit(code: number): Place {
    const digit = Number.parseInt(String.fromCodePoint(code), 16);
    this.#digits += 1;
    if (Number.isNaN(digit) || this.#digits > MOST_DIGITS) throw new BadAnswer('bad chunk size');
    this.#left = this.#left * 16 + digit;
    return 'size';
  }

  #sized(): Place {
    this.#digits = 0;
    return this.#left === 0 ? 'line-start' : 'data';
  }

  #trailing(code: number): Place {
    this.#trailer += 1;
    if (!isFieldValueCode(code) || this.#trailer > TRAILER_BYTES) throw new BadAnswer('bad trailer');
    return 'line';
  }
}

function after(code: number, wanted: number, next: Place): Place {
  if (code !== wanted) throw new BadAnswer('bad chunk');
  return next;
}
