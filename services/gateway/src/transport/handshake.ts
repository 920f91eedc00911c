import { answerHeaders } from '../request/headers.ts';
import { BadAnswer, headText, readAnswerHead, rememberLines, type AnswerHead } from './answer-head.ts';
import { Channel, NOBODY, type Reader } from './channel.ts';
import type { SocketError } from './socket-owner.ts';
import type { Exchange, UpstreamFailure } from './exchange.ts';
import { isRefusal } from './proxy.ts';
import { passOnRefusal } from './refused-handshake.ts';
import { Relay, type RelayOwner } from './relay.ts';
import { ABSENT, type Listed, type Roster } from './roster.ts';
import { NOTHING } from './nothing.ts';

/** A browser that cannot wait for the handshake may say so much beforehand. */
const EARLY_BYTES = 65_536;
const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
const beforeKey = rememberLines(`${UPGRADE}Sec-WebSocket-Key: `);

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
 * Any other answer goes to the browser as it came, and the connection ends with it. It reads the upstream itself.
 */
export class Handshake implements Listed, Reader {
  place = ABSENT;
  readonly #client: Channel;
  readonly #exchange: Exchange;
  readonly #owner: HandshakeOwner;
  readonly #upstream: Channel;
  readonly #sinceMs = performance.now();
  #early: Buffer;
  #answer = NOTHING;
  #isSettled = false;
  #pending: Roster<Handshake> | undefined;

  constructor(client: Channel, early: Buffer, exchange: Exchange, owner: HandshakeOwner) {
    this.#client = client;
    this.#early = early;
    this.#exchange = exchange;
    this.#owner = owner;
    this.#upstream = Channel.dial(exchange.to, upgradeText(exchange));
  }

  /** @param pending those that are to be swept: it is among them until the WebSocket is open, or will not be */
  start(pending: Roster<Handshake>): void {
    this.#pending = pending;
    pending.add(this);
    this.#upstream.reader = this;
    this.#client.reader = new Waiting(this);
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

  /** The browser does not wait for the answer. */
  hear(chunk: Buffer): boolean {
    this.#early = Buffer.concat([this.#early, chunk]);
    if (this.#early.length > EARLY_BYTES) this.#client.socket.destroy();
    return true;
  }

  leave(): void {
    this.#settle();
    this.#client.socket.destroy();
    this.#upstream.socket.destroy();
    this.#owner.left();
  }

  receive(chunk: Buffer): boolean {
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

  drained(): void {
    // One head is all that was written.
  }

  ended(): void {
    this.closed();
  }

  closed(error: SocketError = new Error('closed before it answered')): void {
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
    this.#pending?.delete(this);
    this.#exchange.wake?.removeEventListener('abort', this.#notWoken);
    this.#upstream.reader = NOBODY;
    this.#client.reader = NOBODY;
  }
}

/** What is asked of the upstream. */
function upgradeText({ target, headers, webSocketKey }: Exchange): string {
  const line = `GET ${target} HTTP/1.1`;
  return webSocketKey === undefined ? headText(line, headers, UPGRADE) : `${line}\r\n${beforeKey(headers)}${webSocketKey}\r\n\r\n`;
}

/** A browser that waits for its WebSocket. */
class Waiting implements Reader {
  constructor(private readonly handshake: Handshake) {}

  receive(chunk: Buffer): boolean {
    return this.handshake.hear(chunk);
  }

  drained(): void {
    // Nothing was written to it yet.
  }

  ended(): void {
    this.handshake.leave();
  }

  closed(): void {
    this.handshake.leave();
  }
}
