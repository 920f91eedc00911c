import type { Peer } from '../request/visit.ts';
import type { AssetCache } from '../assets/asset-cache.ts';
import type { Shells } from '../assets/shells.ts';
import type { WholeAnswer } from '../pages/pages.ts';
import type { StrictHead } from '../request/strict-head.ts';
import { UnreadBytes, type Peeked } from '../request/unread-bytes.ts';
import { NOBODY, type Channel, type Reader } from '../transport/channel.ts';
import { Forwarding } from '../transport/forwarding.ts';
import type { Exchange } from '../transport/exchange.ts';
import { ABSENT, type Listed } from '../transport/roster.ts';
import type { UpstreamPool } from '../transport/upstream-pool.ts';
import type { Wire } from '../transport/wire.ts';
import { Pace } from './pace.ts';
import { MOST_PIPELINED, type Connection, type ProtocolRefusal } from './http-server.ts';
import { meterOfSocket } from './meter.ts';
import type { Outcome } from './passage.ts';
import { refuse } from './refuse.ts';
import type { Errand, StrictHandler } from './strict-handler.ts';
import { answerBytes } from './whole-answer.ts';
import { NOTHING } from '../transport/nothing.ts';

export interface StrictConnectionParts {
  readonly pool: UpstreamPool;
  readonly assets: AssetCache;
  readonly shells: Shells;
  /** Lets a request in; `undefined` if it is to be handed over. */
  readonly request: StrictHandler['request'];
  readonly upgrade: (head: StrictHead, channel: Channel, early: Buffer, peer: Peer) => void;
  /** Takes a connection over, of which `unread` is the next request. */
  readonly handOver: (channel: Channel, peer: Peer, unread: Buffer) => void;
  readonly refused: (reason: ProtocolRefusal) => void;
  /** It is closed, or another's. */
  readonly left: (connection: StrictConnection) => void;
  readonly isDraining: () => boolean;
}

/** Of requests sent before the answer to the one before. */
const AHEAD_BYTES = 65_536;
const HEAD_MS = 10_000;
const IDLE_MS = 65_000;
/** What still comes of a body after its answer is thrown away for so long: to close at once could lose the answer. */
const LINGER_MS = 3_000;
/** After its last answer a client may take so long to read what was written, as long as it reads nothing. */
const FLUSH_MS = 30_000;

/** One browser's connection: plain requests in order, until it closes or something comes that is not plain. */
export class StrictConnection implements Listed, Reader {
  place = ABSENT;
  readonly #channel: Channel;
  readonly #socket: Wire;
  readonly #connection: Connection;
  readonly #parts: StrictConnectionParts;
  readonly #unread = new UnreadBytes();
  /** Of the current request's body, still to come. */
  #bodyLeft = 0;
  /** Of bodies that did not come at once, and of an answer of ours that did not leave at once. */
  #bodyPace: Pace | undefined;
  #answerPace: Pace | undefined;
  /** The request that is under way. */
  #errand: Errand | undefined;
  #forwarding: Forwarding | undefined;
  #sinceMs = performance.now();
  #limitMs = HEAD_MS;
  #hasEnded = false;
  /** Bytes of a last answer that had not left when it was last looked at. */
  #untaken = Infinity;

  constructor(channel: Channel, peer: Peer, parts: StrictConnectionParts) {
    this.#channel = channel;
    this.#socket = channel.socket;
    this.#connection = { peer, meter: meterOfSocket(channel.socket) };
    this.#parts = parts;
    channel.reader = this;
  }

  /** A request is under way. */
  get isBusy(): boolean {
    return this.#errand !== undefined;
  }

  /** It has carried requests, and waits for the next. */
  get isIdle(): boolean {
    return !this.isBusy && this.#limitMs === IDLE_MS;
  }

  /** Called about once a second. */
  sweep(nowMs: number): void {
    if (this.#errand) {
      this.#channel.sweep();
      if (this.#hasEnded && this.#channel.isCut) return this.destroy();
      if (this.#bodyLeft > 0 && this.#hasStalled()) return this.#giveUp();
      if (this.#forwarding) return this.#forwarding.sweep(nowMs);
      this.#answerPace ??= new Pace();
      return this.#answerPace.isStalled(this.#channel.unsent) ? this.destroy() : undefined;
    }
    if (this.#socket.writableEnded && this.#hasTaken()) return this.#await(FLUSH_MS, nowMs);
    if (nowMs - this.#sinceMs < this.#limitMs) return;
    if (this.#socket.writableEnded) return this.destroy();
    if (this.#limitMs !== HEAD_MS) return this.close();
    this.#parts.refused('head-too-slow');
    refuse(this.#socket, 408);
  }

  /** Closes once what was written has left. */
  close(): void {
    if (this.#socket.writableEnded) return;
    this.#await(FLUSH_MS);
    this.#socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  receive(chunk: Buffer, lent: boolean): boolean {
    const next = this.#bodyLeft > 0 ? this.#readBody(chunk, lent) : chunk;
    if (next.length === 0 || this.#socket.writableEnded) return true;
    this.#unread.add(next);
    if (this.#errand) this.#keepAhead();
    else this.#next();
    this.#unread.keep();
    return true;
  }

  drained(): void {
    this.#forwarding?.resume();
  }

  ended(): void {
    this.#hasEnded = true;
    if (this.#bodyLeft > 0) this.#socket.destroy();
    else if (!this.#errand) this.close();
  }

  closed(): void {
    this.#forwarding?.abandon();
    this.#over('cut', this.#forwarding?.status ?? 0);
    this.#parts.left(this);
  }

  #hasStalled(): boolean {
    this.#bodyPace ??= new Pace();
    return this.#bodyPace.isStalled(this.#socket.bytesRead, !this.#socket.isPaused());
  }

  /** The rest of a body comes no more. */
  #giveUp(): void {
    const isUnanswered = this.#forwarding?.hasBegun === false;
    this.#parts.refused('body-too-slow');
    this.#forwarding?.abandon();
    this.#over('cut', 0);
    if (!isUnanswered) return this.destroy();
    this.#await(FLUSH_MS);
    refuse(this.#socket, 408);
  }

  #readBody(chunk: Buffer, lent: boolean): Buffer {
    const part = chunk.length > this.#bodyLeft ? chunk.subarray(0, this.#bodyLeft) : chunk;
    this.#bodyLeft -= part.length;
    if (this.#bodyLeft === 0 && !this.#errand) this.#lingered();
    if (this.#forwarding && !this.#forwarding.send(part, lent, this.#channel)) this.#socket.pause();
    return chunk.subarray(part.length);
  }

  /** Looks for the next request in what was not read yet. */
  #next(): void {
    const next = this.#unread.peek();
    if (next === 'odd') return this.#handOver();
    if (next === 'incomplete') return this.#expectMore();
    const { head } = next;
    if (head.webSocket) return this.#upgrade(next);
    const errand = this.#parts.request(head, this.#connection);
    if (!errand) return this.#handOver();
    this.#errand = errand;
    const body = this.#unread.take(next);
    this.#bodyLeft = head.bodyBytes - body.length;
    if (this.#hasEnded && this.#bodyLeft > 0) return this.destroy();
    if (errand.kind === 'answer') this.#answer(errand.answer, head, errand.outcome);
    else if (!this.#serveKept(head, errand.exchange)) this.#forward(head, errand, body);
    if (this.#unread.length > 0) this.#keepAhead();
  }

  /** Requests that came before the answer to the one before wait, within limits. */
  #keepAhead(): void {
    if (this.#unread.holdsMoreThan(MOST_PIPELINED)) {
      this.#parts.refused('pipelined');
      this.#socket.destroy();
    } else if (this.#unread.length > AHEAD_BYTES) this.#socket.pause();
  }

  #expectMore(): void {
    if (this.#limitMs !== HEAD_MS) this.#await(HEAD_MS);
  }

  /** Whether the client has read something since it was last looked at. */
  #hasTaken(): boolean {
    const left = this.#channel.unsent;
    const hasTaken = left < this.#untaken;
    this.#untaken = left;
    return hasTaken;
  }

  #await(limitMs: number, nowMs = performance.now()): void {
    [this.#limitMs, this.#sinceMs] = [limitMs, nowMs];
  }

  /** @returns whether the gateway itself had what was asked for */
  #serveKept({ method, headers, bodyBytes, keepAlive }: StrictHead, exchange: Exchange): boolean {
    const { assets, shells } = this.#parts;
    const { asset, setCookie } = exchange;
    const kept = bodyBytes > 0 ? undefined : asset === undefined ? shells.find(exchange) : assets.find(asset);
    const goesOn = this.#goesOn(keepAlive);
    const more = [...(setCookie === undefined ? [] : ['Set-Cookie', setCookie]), ...(goesOn ? [] : ['Connection', 'close'])];
    const answer = kept?.answer(method, headers, more);
    if (answer) this.#write(answer.parts, goesOn, 'served', answer.status);
    return answer !== undefined;
  }

  #forward(head: StrictHead, { exchange, failed }: Extract<Errand, { kind: 'forward' }>, body: Buffer): void {
    const { pool, assets, shells } = this.#parts;
    const forwarding = new Forwarding({
      client: this.#socket,
      pool,
      assets,
      shells,
      method: head.method,
      bodyBytes: head.bodyBytes,
      exchange,
      keepAlive: () => this.#goesOn(head.keepAlive),
      failed: (failure, error) => this.#answer(failed(failure, error), head, 'failed'),
      ended: (keepAlive) => this.#answered(keepAlive, 'served', forwarding.status),
    });
    this.#forwarding = forwarding;
    forwarding.start(body);
  }

  #answer(answer: WholeAnswer, { method, keepAlive }: StrictHead, outcome: Outcome): void {
    this.#forwarding = undefined;
    const goesOn = this.#goesOn(keepAlive);
    this.#write([answerBytes(answer, method, goesOn)], goesOn, outcome, answer.status);
  }

  /** What comes next waits until this has left: answers to requests sent all at once would else pile up, in memory and on the stack. */
  #write(parts: readonly Buffer[], keepAlive: boolean, outcome: Outcome, status: number): void {
    this.#answerPace = undefined;
    for (const part of parts.slice(0, -1)) this.#socket.write(part);
    this.#socket.write(parts.at(-1) ?? NOTHING, (error) => error ?? this.#answered(keepAlive, outcome, status));
  }

  #goesOn(keepAlive: boolean): boolean {
    return keepAlive && !this.#parts.isDraining();
  }

  #answered(keepAlive: boolean, outcome: Outcome, status: number): void {
    this.#over(outcome, status);
    const isLast = !keepAlive || (this.#hasEnded && this.#unread.length === 0);
    if (isLast && this.#bodyLeft === 0) return this.close();
    if (isLast) this.#socket.end();
    if (this.#bodyLeft > 0) this.#linger();
    else this.#await(IDLE_MS);
    if (this.#socket.isPaused()) this.#socket.resume();
    if (this.#unread.length > 0) this.#next();
  }

  /** The rest of a body is still to come, and so may be the answer's to leave. */
  #linger(): void {
    this.#untaken = this.#channel.unsent;
    this.#await(this.#untaken > 0 ? FLUSH_MS : LINGER_MS);
  }

  /** All of a body has come whose request was answered before. */
  #lingered(): void {
    if (this.#socket.writableEnded) this.#socket.destroySoon();
    else this.#await(IDLE_MS);
  }

  #over(outcome: Outcome, status: number): void {
    this.#errand?.passage?.end(outcome, status);
    [this.#errand, this.#forwarding] = [undefined, undefined];
  }

  #upgrade({ head, headBytes }: Peeked): void {
    const { all } = this.#unread;
    const early = all.length === headBytes ? NOTHING : Buffer.from(all.subarray(headBytes));
    // A WebSocket needs both directions, and its 101 may not overtake an answer that has not left.
    if (this.#hasEnded || this.#socket.writableLength > 0) return refuse(this.#socket, 400);
    if (early.length > AHEAD_BYTES) return refuse(this.#socket, 413);
    this.#leave();
    this.#parts.upgrade(head, this.#channel, early, this.#connection.peer);
  }

  #handOver(): void {
    if (this.#hasEnded) return refuse(this.#socket, 400); // bytes cannot be put back after the end
    this.#leave();
    this.#unread.keep();
    this.#parts.handOver(this.#channel, this.#connection.peer, this.#unread.all);
  }

  #leave(): void {
    this.#channel.reader = NOBODY;
    this.#parts.left(this);
  }
}
