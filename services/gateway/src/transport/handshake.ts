import type { Socket } from 'node:net';
import { BadAnswer, readAnswerHead, writeHead, type AnswerHead } from './answer-head.ts';
import { answerHeaders } from '../request/headers.ts';
import { isRefusal } from './proxy.ts';
import type { Exchange, OnFailure, UpstreamFailure } from './exchange.ts';
import { Relay } from './relay.ts';
import { SharedReads } from './shared-reads.ts';

/** A browser that cannot wait for the handshake may say so much beforehand. */
const EARLY_BYTES = 65_536;
/** A refusal's body is passed on for so long. */
const REFUSAL_MS = 10_000;

export interface Attempt {
  /** The WebSocket is open; `ended` is called when it is gone. */
  readonly opened: (relay: Relay) => void;
  readonly ended: (relay: Relay) => void;
  /** The browser sent a message. */
  readonly heard: () => void;
  readonly failed: OnFailure;
}

/**
 * Carries a WebSocket handshake to an upstream and relays what follows a 101.
 *
 * Any other answer goes to the browser as it came, and the connection ends with it.
 */
export class Handshake {
  readonly #client: Socket;
  readonly #exchange: Exchange;
  readonly #attempt: Attempt;
  readonly #upstream: SharedReads;
  readonly #deadline: NodeJS.Timeout | undefined;
  #early: Buffer;
  #answer: Buffer = Buffer.alloc(0);
  #settled = false;

  constructor(client: Socket, early: Buffer, exchange: Exchange, attempt: Attempt) {
    this.#client = client;
    this.#early = early;
    this.#exchange = exchange;
    this.#attempt = attempt;
    this.#upstream = SharedReads.dial(exchange.to);
    const wait = exchange.firstByteMs;
    this.#deadline = wait === undefined ? undefined : setTimeout(() => this.#fail('timeout', new Error('no answer in time')), wait);
  }

  start(): void {
    const { socket } = this.#upstream;
    const headers = [...this.#exchange.headers, 'Connection', 'Upgrade', 'Upgrade', 'websocket'];
    socket.write(writeHead(`GET ${this.#exchange.target} HTTP/1.1`, headers));
    this.#upstream.receive = (chunk) => this.#read(chunk);
    this.#exchange.wake?.addEventListener('abort', this.#notWoken);
    socket.once('error', this.#broken);
    socket.once('close', this.#cutOff);
    this.#client.on('data', this.#hear).once('end', this.#left).once('close', this.#left);
    this.#client.resume();
  }

  readonly #hear = (chunk: Buffer): void => {
    this.#early = Buffer.concat([this.#early, chunk]);
    if (this.#early.length > EARLY_BYTES) this.#client.destroy();
  };

  readonly #left = (): void => {
    this.#settle();
    this.#client.destroy();
    this.#upstream.socket.destroy();
  };

  readonly #broken = (error: Error & { code?: string }): void => {
    this.#fail(isRefusal(error) ? 'refused' : 'broken', error);
  };

  readonly #notWoken = (): void => this.#fail('not-woken', new Error('the app could not be woken'));

  readonly #cutOff = (): void => this.#fail('broken', new Error('closed before it answered'));

  #read(chunk: Buffer): boolean {
    this.#answer = Buffer.concat([this.#answer, chunk]);
    try {
      let head = readAnswerHead(this.#answer);
      for (; head && head.status < 200 && head.status !== 101; head = readAnswerHead(head.rest)) this.#answer = head.rest;
      if (head) this.#answered(head);
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error;
      this.#fail('broken', error);
    }
    return true;
  }

  #answered(head: AnswerHead): void {
    if (head.status !== 101) return this.#refused(head);
    const { audience, setCookie } = this.#exchange;
    const headers = [...answerHeaders(head.headers, audience), 'Connection', 'Upgrade', 'Upgrade', 'websocket'];
    if (setCookie !== undefined) headers.push('Set-Cookie', setCookie);
    this.#settle();
    const client = SharedReads.adopt(this.#client);
    const relay = new Relay(client, this.#upstream, this.#attempt.ended, this.#attempt.heard);
    client.socket.write(writeHead('HTTP/1.1 101 Switching Protocols', headers));
    relay.start(this.#early, head.rest);
    this.#attempt.opened(relay);
  }

  /** The body keeps the framing the upstream gave it: this connection carries nothing else. */
  #refused({ status, reason, headers, rest }: AnswerHead): void {
    this.#settle();
    const { socket } = this.#upstream;
    const framing = headers.flatMap((name, i) => (i % 2 === 0 && name.toLowerCase() === 'transfer-encoding' ? [name, headers[i + 1] ?? ''] : []));
    this.#client.write(writeHead(`HTTP/1.1 ${status} ${reason}`, [...answerHeaders(headers, this.#exchange.audience), ...framing, 'Connection', 'close']));
    const length = headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-length');
    let left = framing.length > 0 ? Infinity : length === -1 ? Infinity : Number(headers[length + 1]);
    const finish = (): void => {
      this.#client.end();
      socket.destroy();
    };
    this.#upstream.receive = (chunk) => {
      const flowing = this.#client.write(Buffer.from(chunk.subarray(0, left)));
      left -= chunk.length;
      if (left <= 0) finish();
      return flowing;
    };
    const limit = setTimeout(() => this.#client.destroy(), REFUSAL_MS);
    socket.on('error', finish).once('end', finish);
    this.#client.on('drain', () => socket.resume()).once('close', () => {
      clearTimeout(limit);
      socket.destroy();
    });
    this.#client.resume();
    if (left <= 0) finish();
    else if (!this.#upstream.receive(rest, true)) socket.pause();
  }

  #fail(failure: UpstreamFailure, error: Error): void {
    if (this.#settled) return;
    this.#settle();
    this.#upstream.socket.destroy();
    this.#attempt.failed(failure, error);
  }

  #settle(): void {
    this.#settled = true;
    clearTimeout(this.#deadline);
    this.#exchange.wake?.removeEventListener('abort', this.#notWoken);
    const { socket } = this.#upstream;
    this.#upstream.receive = () => true;
    socket.off('error', this.#broken).off('close', this.#cutOff).on('error', () => socket.destroy());
    this.#client.off('data', this.#hear).off('end', this.#left).off('close', this.#left);
  }
}
