import { answerHeaders } from '../request/headers.ts';
import { BadAnswer, headText, readAnswerHead, type AnswerHead } from './answer-head.ts';
import { Channel, NOBODY, type SocketError } from './channel.ts';
import type { Exchange, UpstreamFailure } from './exchange.ts';
import { isRefusal } from './proxy.ts';
import { passOnRefusal } from './refused-handshake.ts';
import { Relay, type RelayOwner } from './relay.ts';

/** A browser that cannot wait for the handshake may say so much beforehand. */
const EARLY_BYTES = 65_536;
const NOTHING: Buffer = Buffer.alloc(0);
const UPGRADE = ['Connection', 'Upgrade', 'Upgrade', 'websocket'];

/** Who is told of a handshake, and of the relay that it becomes. */
export interface HandshakeOwner extends RelayOwner {
  /** The WebSocket is open. */
  opened(relay: Relay): void;
  failed(failure: UpstreamFailure, error: Error): void;
  /** The browser is gone, before the WebSocket was open or with a refusal of the app's. */
  left(): void;
}

/**
 * Carries a WebSocket handshake to an upstream and relays what follows a 101.
 *
 * Any other answer goes to the browser as it came, and the connection ends with it.
 */
export class Handshake {
  readonly #client: Channel;
  readonly #exchange: Exchange;
  readonly #owner: HandshakeOwner;
  readonly #upstream: Channel;
  readonly #sinceMs = performance.now();
  #early: Buffer;
  #answer = NOTHING;
  #isSettled = false;

  constructor(client: Channel, early: Buffer, exchange: Exchange, owner: HandshakeOwner) {
    this.#client = client;
    this.#early = early;
    this.#exchange = exchange;
    this.#owner = owner;
    const { to, target, headers } = exchange;
    this.#upstream = Channel.dial(to, headText(`GET ${target} HTTP/1.1`, headers, UPGRADE));
  }

  /** It is over: the WebSocket is open, or will not be. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  start(): void {
    this.#upstream.reader = { ...NOBODY, receive: (chunk) => this.#read(chunk), ended: () => this.#lose(), closed: (error) => this.#lose(error) };
    this.#client.reader = { ...NOBODY, receive: (chunk) => this.#hear(chunk), ended: () => this.#leave(), closed: () => this.#leave() };
    this.#exchange.wake?.addEventListener('abort', this.#notWoken);
    this.#client.resume();
  }

  /** Called about once a second. */
  sweep(nowMs: number): void {
    const { firstByteMs = Infinity } = this.#exchange;
    this.#upstream.sweep();
    if (nowMs - this.#sinceMs > firstByteMs) this.#fail('timeout', new Error('no answer in time'));
  }

  readonly #notWoken = (): void => this.#fail('not-woken', new Error('the app could not be woken'));

  #hear(chunk: Buffer): boolean {
    this.#early = Buffer.concat([this.#early, chunk]);
    if (this.#early.length > EARLY_BYTES) this.#client.socket.destroy();
    return true;
  }

  #leave(): void {
    this.#settle();
    this.#client.socket.destroy();
    this.#upstream.socket.destroy();
    this.#owner.left();
  }

  #read(chunk: Buffer): boolean {
    this.#answer = this.#answer.length === 0 ? chunk : Buffer.concat([this.#answer, chunk]);
    try {
      let head = readAnswerHead(this.#answer);
      for (; head && head.status < 200 && head.status !== 101; head = readAnswerHead(head.rest)) this.#answer = head.rest;
      if (head) this.#answered(head);
      else this.#answer = Buffer.from(this.#answer);
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error;
      this.#fail('broken', error);
    }
    return true;
  }

  #lose(error: SocketError = new Error('closed before it answered')): void {
    this.#fail(isRefusal(error) ? 'refused' : 'broken', error);
  }

  #answered(head: AnswerHead): void {
    this.#settle();
    const [client, upstream, { audience, setCookie }] = [this.#client, this.#upstream, this.#exchange];
    const headers = answerHeaders(head.headers, audience);
    if (head.status !== 101) return passOnRefusal({ client, upstream, head, headers, left: () => this.#owner.left() });
    if (setCookie !== undefined) headers.push('Set-Cookie', setCookie);
    const relay = new Relay(client, upstream, this.#owner);
    client.socket.write(headText('HTTP/1.1 101 Switching Protocols', headers, UPGRADE), 'latin1');
    relay.start(this.#early, head.rest);
    this.#owner.opened(relay);
  }

  #fail(failure: UpstreamFailure, error: SocketError): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#upstream.socket.destroy();
    this.#owner.failed(failure, error);
  }

  #settle(): void {
    this.#isSettled = true;
    this.#exchange.wake?.removeEventListener('abort', this.#notWoken);
    this.#upstream.reader = NOBODY;
    this.#client.reader = NOBODY;
  }
}
