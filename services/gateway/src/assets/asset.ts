import type { IncomingHttpHeaders } from 'node:http';
import { headText } from '../transport/answer-head.ts';
import { joined } from '../transport/joined.ts';
import { without } from '../request/values-of.ts';
import { NOTHING } from '../transport/nothing.ts';

export type Coding = 'br' | 'gzip' | 'identity';

/** A kept file in one coding: its head and body in one piece, to be sent in one write. */
export interface Variant {
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly whole: Buffer;
}

export interface AssetAnswer {
  readonly status: 200 | 304;
  /** To be sent one after the other. A large body is the kept one itself: who reads slowly holds no copy of it. */
  readonly parts: readonly Buffer[];
}

/** The parts of an answer; `whole` is head and body in one piece, where that is at hand. */
export interface AssetReply {
  readonly status: 200 | 304;
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly whole?: Buffer;
}

/** Shorter bodies leave in one write with their heads. */
const COPIED_BYTES = 16_384;

/** A kept file. Codings that it lacks are asked of the app. */
export class Asset {
  readonly bytes: number;
  readonly #variants: ReadonlyMap<Coding, Variant>;
  readonly #etag: string | undefined;

  constructor(variants: ReadonlyMap<Coding, Variant>, etag: string | undefined) {
    this.#variants = variants;
    this.#etag = etag;
    this.bytes = [...variants.values()].reduce((sum, { whole }) => sum + whole.length, 0);
  }

  /** The answer to a request; `undefined` for what the app must answer: a part, a date, a coding that was not made. */
  reply(method: string, headers: IncomingHttpHeaders): AssetReply | undefined {
    if (headers.range !== undefined || headers['if-modified-since'] !== undefined || (method !== 'GET' && method !== 'HEAD')) return undefined;
    const variant = this.#choose(headers['accept-encoding']);
    if (!variant) return undefined;
    if (headers['if-none-match'] !== undefined && this.#matches(headers['if-none-match'])) return { status: 304, headers: without(variant.headers, OF_BODY), body: NOTHING };
    return method === 'HEAD' ? { status: 200, headers: variant.headers, body: NOTHING } : { status: 200, ...variant };
  }

  /** The same as bytes. @param more headers of this answer only */
  answer(method: string, headers: IncomingHttpHeaders, more: readonly string[]): AssetAnswer | undefined {
    const reply = this.reply(method, headers);
    if (!reply) return undefined;
    if (reply.whole && more.length === 0) return { status: reply.status, parts: [reply.whole] };
    const line = reply.status === 200 ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 304 Not Modified';
    const head = headText(line, [...reply.headers, ...more]);
    return { status: reply.status, parts: reply.body.length > COPIED_BYTES ? [Buffer.from(head, 'latin1'), reply.body] : [joined(head, reply.body)] };
  }

  #choose(accepted = ''): Variant | undefined {
    for (const coding of ['br', 'gzip'] as const) {
      const variant = this.#variants.get(coding);
      if (variant && accepts(accepted, coding)) return variant;
    }
    return this.#variants.get('identity');
  }

  /** RFC 9110 §13.1.2: weak comparison, since a coding does not change what it is. */
  #matches(condition: string): boolean {
    return condition.trim() === '*' || (this.#etag !== undefined && condition.split(',').some((each) => opaque(each) === opaque(this.#etag ?? '')));
  }
}

const opaque = (etag: string): string => etag.trim().replace(/^W\//, '');

const accepts = (header: string, coding: Coding): boolean =>
  header.split(',').some((part) => {
    const [name = '', weight = ''] = part.split(';');
    return name.trim().toLowerCase() === coding && !/^\s*q=0(?:\.0*)?\s*$/i.test(weight);
  });

/** What says something of a body only. */
const OF_BODY = new Set(['content-length', 'content-encoding', 'content-type']);
