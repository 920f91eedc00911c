import { answerHeaders } from '../request/headers.ts';
import { valuesOf } from '../request/values-of.ts';
import type { AssetCache, Recording } from '../assets/asset-cache.ts';
import { isPageForAsset } from '../assets/asset-key.ts';
import type { Shells } from '../assets/shells.ts';
import { AnswerBody } from './answer-body.ts';
import { BadAnswer, keepsAlive, readAnswerHead, rememberLines, type AnswerHead } from './answer-head.ts';
import type { Channel } from './channel.ts';
import type { SocketError } from './socket-owner.ts';
import { joined } from './joined.ts';
import { OutgoingAnswer } from './outgoing-answer.ts';
import { passOn } from './pass-on.ts';
import { isRefusal } from './proxy.ts';
import type { Exchange, OnFailure } from './exchange.ts';
import type { Upstream, UpstreamPool, UpstreamUser } from './upstream-pool.ts';
import type { Wire } from './wire.ts';
import { NOTHING } from './nothing.ts';

export interface ForwardingParts {
  readonly client: Wire;
  readonly pool: UpstreamPool;
  readonly assets: AssetCache;
  readonly shells: Shells;
  readonly method: string;
  /** Of the request's body. */
  readonly bodyBytes: number;
  readonly exchange: Exchange;
  /** Whether the browser's connection is to go on after this answer. */
  readonly keepAlive: () => boolean;
  readonly failed: OnFailure;
  /** The answer was written to its end. */
  readonly ended: (keepAlive: boolean) => void;
}

/** An app that says no more than 100 or 103 for so often says nothing. */
const MOST_INTERIM = 32;

/**
 * One request on its way to an upstream, and its answer on the way back: a head and the first bytes of a body
 * in one write, then bytes as they come, each side read only as fast as the other takes it.
 */
export class Forwarding implements UpstreamUser {
  readonly #parts: ForwardingParts;
  #upstream: Upstream | undefined;
  #bodyLeft: number;
  #waitingSinceMs = 0;
  #retried = false;
  #partial: Buffer | undefined;
  /** Heads that were none of the answer's own (RFC 9110 §15.2), so far. */
  #interim = 0;
  #head: AnswerHead | undefined;
  #answer: AnswerBody | undefined;
  #recording: Recording | undefined;
  #out: OutgoingAnswer | undefined;

  constructor(parts: ForwardingParts) {
    this.#parts = parts;
    this.#bodyLeft = parts.bodyBytes;
  }

  /** @param body what has come of the body already */
  start(body: Buffer): void {
    const upstream = this.#connect();
    const text = requestHead(this.#parts);
    if (body.length === 0) upstream.channel.socket.write(text, 'latin1');
    else upstream.channel.socket.write(joined(text, body));
    this.#sent(body.length);
  }

  /** Takes more of the body from a channel. @returns whether it takes even more now */
  send(chunk: Buffer, lent: boolean, from: Channel): boolean {
    const socket = this.#upstream?.channel.socket;
    if (!socket?.writable) return true;
    const flowing = passOn(chunk, lent, from, socket);
    this.#sent(chunk.length);
    return flowing;
  }

  /** Called about once a second. */
  sweep(nowMs: number): void {
    const { firstByteMs } = this.#parts.exchange;
    this.#upstream?.channel.sweep();
    if (firstByteMs === undefined || this.#answer || this.#bodyLeft > 0 || nowMs - this.#waitingSinceMs < firstByteMs) return;
    this.#upstream?.destroy();
    this.#parts.failed('timeout', new Error('no answer in time'));
  }

  /** Of the answer; 0 while there is none. */
  get status(): number {
    return this.#head?.status ?? 0;
  }

  /** The browser was told something of the answer. */
  get hasBegun(): boolean {
    return this.#out?.hasBegun ?? false;
  }

  /** The browser has taken what was written. */
  resume(): void {
    this.#upstream?.channel.socket.resume();
  }

  /** The browser is gone. */
  abandon(): void {
    this.#recording?.end();
    this.#upstream?.destroy();
  }

  receive(chunk: Buffer, lent: boolean): boolean {
    try {
      return this.#answer ? this.#relay(this.#answer, chunk, lent) : this.#readHead(chunk);
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error;
      this.#upstream?.destroy();
      this.#broken(error);
      return true;
    }
  }

  drained(): void {
    this.#parts.client.resume();
  }

  closed(error: SocketError | undefined): void {
    if (this.#answer?.framing === 'close' && !error) {
      if (!this.#out?.hasBegun) this.#out?.write(NOTHING, false, true);
      return this.#finish();
    }
    const { method, bodyBytes } = this.#parts;
    const repeatable = (method === 'GET' || method === 'HEAD') && bodyBytes === 0;
    // The upstream closed an idle connection in the moment we took it: not the request's fault.
    if (repeatable && this.#upstream?.isUsed && !this.#retried && !this.#answer && !this.#partial) {
      this.#retried = true;
      return this.start(NOTHING);
    }
    this.#broken(error ?? new Error('closed before it answered'));
  }

  #connect(): Upstream {
    const { pool, exchange } = this.#parts;
    this.#upstream = this.#retried ? pool.open(exchange.to) : pool.take(exchange.to);
    this.#upstream.user = this;
    return this.#upstream;
  }

  #sent(bytes: number): void {
    this.#bodyLeft -= bytes;
    if (this.#bodyLeft === 0) this.#waitingSinceMs = performance.now();
  }

  #readHead(chunk: Buffer): boolean {
    const bytes = this.#partial ? Buffer.concat([this.#partial, chunk]) : chunk;
    let rest = bytes;
    let head = readAnswerHead(rest);
    for (; head && head.status < 200; head = readAnswerHead(rest)) {
      if (head.status === 101) throw new BadAnswer('switches protocols unasked');
      if (this.#interim++ === MOST_INTERIM) throw new BadAnswer('too many interim answers');
      rest = head.rest;
    }
    if (head) return this.#answered(head);
    this.#partial = rest.length > 0 ? Buffer.from(rest) : undefined;
    return true;
  }

  #answered(head: AnswerHead): boolean {
    const { client, exchange, method, assets, shells } = this.#parts;
    if (isPageForAsset(exchange.asset, head.status, head.headers)) return this.#missing();
    const answer = new AnswerBody(head, method);
    const bytes = answer.advance(head.rest);
    if (method === 'GET') shells.noticed(exchange, head.status, head.headers);
    const headers = answerHeaders(head.headers, exchange.audience);
    if (exchange.asset !== undefined && method === 'GET') this.#recording = assets.record(exchange.asset, head.status, [...headers]);
    if (exchange.setCookie !== undefined) headers.push('Set-Cookie', exchange.setCookie);
    if (answer.framing === 'chunked') headers.push('Transfer-Encoding', 'chunked');
    if (!this.#goesOn(answer)) headers.push('Connection', 'close');
    [this.#head, this.#answer] = [head, answer];
    this.#out = new OutgoingAnswer({ client, head, headers, framing: answer.framing, method, insertion: exchange.insertion });
    return this.#pass(answer, this.#out, head.rest, bytes, true);
  }

  #relay(answer: AnswerBody, chunk: Buffer, lent: boolean): boolean {
    return !this.#out || this.#pass(answer, this.#out, chunk, answer.advance(chunk), lent);
  }

  /** Passes on the first `bytes` of a chunk, which belong to the answer. */
  #pass(answer: AnswerBody, out: OutgoingAnswer, chunk: Buffer, bytes: number, lent: boolean): boolean {
    const part = bytes === chunk.length ? chunk : chunk.subarray(0, bytes);
    this.#recording?.add(part);
    const flowing = out.write(part, lent, answer.isOver);
    if (!lent && this.#parts.client.writableLength > 0) this.#upstream?.channel.release();
    return this.#read(answer, bytes === chunk.length) || flowing;
  }

  /** @returns whether that was all */
  #read(answer: AnswerBody, whole: boolean): boolean {
    if (!answer.isOver) return false;
    const upstream = this.#upstream;
    // Bytes after the answer, or an answer before the end of the request: nobody knows what comes next there.
    if (upstream && whole && this.#bodyLeft === 0 && this.#head && keepsAlive(this.#head)) this.#parts.pool.giveBack(upstream);
    else upstream?.destroy();
    this.#finish();
    return true;
  }

  #missing(): boolean {
    this.#upstream?.destroy();
    this.#parts.failed('missing', new Error('a page instead of an asset'));
    return true;
  }

  #finish(): void {
    this.#recording?.end();
    this.#parts.ended(this.#answer !== undefined && this.#goesOn(this.#answer));
  }

  #goesOn(answer: AnswerBody): boolean {
    return answer.framing !== 'close' && this.#parts.keepAlive();
  }

  #broken(error: SocketError): void {
    if (this.#out?.hasBegun) this.#parts.client.destroy();
    else this.#parts.failed(isRefusal(error) ? 'refused' : 'broken', error);
  }
}


/** Without a length some servers wait for a body. */
const NEEDS_LENGTH = new Set(['POST', 'PUT', 'PATCH']);

const linesOf = rememberLines();

/** The head as the upstream gets it. */
export function requestHead({ method, bodyBytes, exchange: { target, headers } }: Pick<ForwardingParts, 'method' | 'bodyBytes' | 'exchange'>): string {
  const lacksLength = bodyBytes === 0 && NEEDS_LENGTH.has(method) && valuesOf(headers, 'content-length').length === 0;
  return `${method} ${target} HTTP/1.1\r\n${linesOf(headers)}${lacksLength ? 'Content-Length: 0\r\n' : ''}\r\n`;
}
