import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Peer } from '../gateway.ts';
import type { AssetCache } from '../assets/asset-cache.ts';
import type { PageAnswer } from '../pages/pages.ts';
import type { StrictHead } from '../request/strict-head.ts';
import { UnreadBytes } from '../request/unread-bytes.ts';
import { headText } from '../transport/answer-head.ts';
import { Forwarding } from '../transport/forwarding.ts';
import { joined } from '../transport/joined.ts';
import type { Exchange, UpstreamFailure } from '../transport/proxy.ts';
import type { UpstreamPool } from '../transport/upstream-pool.ts';
import { refuse } from './refuse.ts';

/** A request that is only to be forwarded. */
export interface Passage {
  readonly exchange: Exchange;
  /** No answer came. @returns what the visitor is told instead */
  failed(failure: UpstreamFailure, error: Error): PageAnswer;
  /** It is over, however it ended. */
  ended(): void;
}

export interface StrictConnectionParts {
  readonly pool: UpstreamPool;
  readonly assets: AssetCache;
  /** Lets a request in; `undefined` if there is more to do than to forward it. */
  readonly request: (head: StrictHead, peer: Peer) => Passage | undefined;
  readonly upgrade: (head: StrictHead, socket: Socket, early: Buffer, peer: Peer) => void;
  /** Takes a connection over, in which its next request lies unread. */
  readonly handOver: (socket: Socket, peer: Peer) => void;
  /** It is closed, or another's. */
  readonly left: (connection: StrictConnection) => void;
  readonly isDraining: () => boolean;
}

const NOTHING: Buffer = Buffer.alloc(0);
/** Of requests sent before the answer to the one before. */
const AHEAD_BYTES = 65_536;
const HEAD_MS = 10_000;
const IDLE_MS = 65_000;

/** One browser's connection: plain requests in order, until it closes or something comes that is not plain. */
export class StrictConnection {
  readonly #socket: Socket;
  readonly #peer: Peer;
  readonly #parts: StrictConnectionParts;
  readonly #unread = new UnreadBytes();
  /** Of the current request's body, still to come. */
  #bodyLeft = 0;
  #passage: Passage | undefined;
  #forwarding: Forwarding | undefined;
  #sinceMs = performance.now();
  #limitMs = HEAD_MS;
  #hasEnded = false;

  constructor(socket: Socket, peer: Peer, parts: StrictConnectionParts) {
    this.#socket = socket;
    this.#peer = peer;
    this.#parts = parts;
    socket.on('data', this.#data).on('drain', this.#drained).on('end', this.#ended).on('error', this.#failed).on('close', this.#closed);
  }

  /** A request is under way. */
  get isBusy(): boolean {
    return this.#passage !== undefined;
  }

  /** Called about once a second. */
  sweep(nowMs: number): void {
    if (this.#passage) return this.#forwarding?.sweep(nowMs);
    if (nowMs - this.#sinceMs < this.#limitMs) return;
    if (this.#limitMs === HEAD_MS) refuse(this.#socket, 408);
    else this.close();
  }

  /** Closes once what was written has left. */
  close(): void {
    this.#socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  readonly #data = (chunk: Buffer): void => {
    const next = this.#bodyLeft > 0 ? this.#readBody(chunk) : chunk;
    if (next.length === 0 || this.#socket.writableEnded) return;
    this.#unread.add(next);
    if (!this.#passage) this.#next();
    else if (this.#unread.length > AHEAD_BYTES) this.#socket.pause();
  };

  readonly #drained = (): void => this.#forwarding?.resume();

  readonly #ended = (): void => {
    this.#hasEnded = true;
    if (this.#bodyLeft > 0) this.#socket.destroy();
    else if (!this.#passage) this.close();
  };

  readonly #failed = (): void => void this.#socket.destroy();

  readonly #closed = (): void => {
    this.#forwarding?.abandon();
    this.#over();
    this.#parts.left(this);
  };

  #readBody(chunk: Buffer): Buffer {
    const part = chunk.length > this.#bodyLeft ? chunk.subarray(0, this.#bodyLeft) : chunk;
    this.#bodyLeft -= part.length;
    if (this.#forwarding && !this.#forwarding.send(part)) this.#socket.pause();
    return chunk.subarray(part.length);
  }

  /** Looks for the next request in what was not read yet. */
  #next(): void {
    const next = this.#unread.peek();
    if (next === 'odd') return this.#handOver();
    if (next === 'incomplete') return this.#expectMore();
    const { head } = next;
    if (head.webSocket) return this.#upgrade(head, this.#unread.all.subarray(next.headBytes));
    const passage = this.#parts.request(head, this.#peer);
    if (!passage) return this.#handOver();
    this.#passage = passage;
    const body = this.#unread.take(next);
    if (!this.#serveAsset(head, passage.exchange)) this.#forward(head, passage, body);
  }

  #expectMore(): void {
    if (this.#limitMs !== HEAD_MS) [this.#limitMs, this.#sinceMs] = [HEAD_MS, performance.now()];
  }

  /** @returns whether the gateway itself had what was asked for */
  #serveAsset({ method, headers, bodyBytes, keepAlive }: StrictHead, { asset, setCookie }: Exchange): boolean {
    const kept = asset === undefined || bodyBytes > 0 ? undefined : this.#parts.assets.find(asset);
    const goesOn = keepAlive && !this.#parts.isDraining();
    const more = [...(setCookie === undefined ? [] : ['Set-Cookie', setCookie]), ...(goesOn ? [] : ['Connection', 'close'])];
    const answer = kept?.answer(method, headers, more);
    if (!answer) return false;
    this.#socket.write(answer, (error) => error ?? this.#answered(goesOn));
    return true;
  }

  #forward(head: StrictHead, passage: Passage, body: Buffer): void {
    const { pool, assets, isDraining } = this.#parts;
    this.#bodyLeft = head.bodyBytes - body.length;
    this.#forwarding = new Forwarding({
      client: this.#socket,
      pool,
      assets,
      method: head.method,
      bodyBytes: head.bodyBytes,
      exchange: passage.exchange,
      keepAlive: () => head.keepAlive && !isDraining(),
      failed: (failure, error) => this.#answer(passage.failed(failure, error), head),
      ended: (keepAlive) => this.#answered(keepAlive),
    });
    this.#forwarding.start(body);
  }

  #answer({ status, headers, body }: PageAnswer, { method, keepAlive }: StrictHead): void {
    const goesOn = keepAlive && !this.#parts.isDraining();
    const lines = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
    if (!goesOn) lines.push('Connection', 'close');
    this.#socket.write(joined(headText(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, lines), method === 'HEAD' ? NOTHING : body));
    this.#answered(goesOn);
  }

  #answered(keepAlive: boolean): void {
    this.#over();
    if (!keepAlive || (this.#hasEnded && this.#unread.length === 0)) return this.close();
    [this.#limitMs, this.#sinceMs] = [IDLE_MS, performance.now()];
    if (this.#socket.isPaused()) this.#socket.resume();
    if (this.#unread.length > 0) this.#next();
  }

  #over(): void {
    this.#passage?.ended();
    [this.#passage, this.#forwarding] = [undefined, undefined];
  }

  #upgrade(head: StrictHead, early: Buffer): void {
    this.#leave();
    if (this.#hasEnded) return refuse(this.#socket, 400); // a WebSocket needs both directions
    this.#parts.upgrade(head, this.#socket, early, this.#peer);
  }

  #handOver(): void {
    this.#leave();
    if (this.#hasEnded) return refuse(this.#socket, 400); // bytes cannot be put back after the end
    this.#socket.pause();
    this.#socket.unshift(this.#unread.all);
    this.#parts.handOver(this.#socket, this.#peer);
    this.#socket.resume();
  }

  #leave(): void {
    this.#socket.off('data', this.#data).off('drain', this.#drained).off('end', this.#ended).off('error', this.#failed).off('close', this.#closed);
    this.#parts.left(this);
  }
}
