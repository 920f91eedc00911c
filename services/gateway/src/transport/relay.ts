import type { Socket } from 'node:net';
import { closeFrame, FrameCursor } from './frame-cursor.ts';
import { carriesMessage } from './carries-message.ts';
import type { SharedReads } from './shared-reads.ts';

/** After one side has ended, so long may the other still speak. */
const FAREWELL_MS = 1_000;
/** A side that takes nothing any more does not keep the last bytes for ever. */
const FLUSH_MS = 30_000;

/**
 * A WebSocket after its handshake: bytes both ways, whatever they mean.
 *
 * Each side is read only as fast as the other takes it, and the death of one is the death of both.
 */
export class Relay {
  /** Bytes to the browser, and from it. */
  sent = 0;
  received = 0;
  readonly #client: Socket;
  readonly #upstream: SharedReads;
  readonly #onEnd: () => void;
  readonly #onMessage: () => void;
  readonly #frames = new FrameCursor();
  #closing: Buffer | undefined;
  #farewell = false;
  #open = 2;
  readonly #ended = new Set<Socket>();

  constructor(client: Socket, upstream: SharedReads, onEnd: () => void, onMessage: () => void) {
    this.#client = client;
    this.#upstream = upstream;
    this.#onEnd = onEnd;
    this.#onMessage = onMessage;
  }

  /** Starts with what each side has said already. */
  start(fromClient: Buffer, fromUpstream: Buffer): void {
    const { socket } = this.#upstream;
    this.#upstream.receive = (chunk, lent) => this.#toClient(chunk, lent);
    this.#client.on('data', (chunk: Buffer) => this.#toUpstream(chunk));
    this.#client.on('drain', () => socket.resume());
    socket.on('drain', () => this.#client.resume());
    this.#couple(this.#client, socket);
    this.#couple(socket, this.#client);
    if (fromClient.length > 0) this.#toUpstream(fromClient);
    if (fromUpstream.length > 0) this.#toClient(fromUpstream, true);
    this.#client.resume();
    socket.resume();
  }

  /** Says goodbye to the browser between two frames, as RFC 6455 §7.4 has it, and hangs up. */
  close(code: number, reason: string): void {
    if (this.#closing || this.#farewell) return;
    this.#closing = closeFrame(code, reason);
    if (this.#frames.isBetweenFrames) this.#hangUp();
  }

  /** Ends both sides at once. */
  destroy(): void {
    this.#client.destroy();
    this.#upstream.socket.destroy();
  }

  #toClient(chunk: Buffer, lent: boolean): boolean {
    const boundary = this.#frames.advance(chunk);
    if (this.#farewell || !this.#client.writable) return true; // nothing may follow a close frame
    if (this.#closing && boundary !== -1) {
      this.#client.write(Buffer.from(chunk.subarray(0, boundary)));
      this.#hangUp();
      return true;
    }
    this.sent += chunk.length;
    const flowing = this.#client.write(lent ? Buffer.from(chunk) : chunk);
    if (this.#client.writableLength === 0) return true;
    if (!lent) this.#upstream.release();
    return flowing;
  }

  #toUpstream(chunk: Buffer): void {
    this.received += chunk.length;
    if (carriesMessage(chunk)) this.#onMessage();
    const { socket } = this.#upstream;
    if (socket.writable && !socket.write(chunk)) this.#client.pause();
  }

  #hangUp(): void {
    this.#farewell = true;
    if (this.#closing) this.#client.end(this.#closing);
    setTimeout(() => this.destroy(), FAREWELL_MS).unref();
  }

  /** What happens when one side ends: the other gets what is left, and then ends too. */
  #couple(side: Socket, other: Socket): void {
    const ended = (): void => {
      if (this.#ended.has(side)) return;
      this.#ended.add(side);
      if (this.#ended.size === 2) return this.#part();
      side.resume(); // so that its close is seen
      other.end(() => setTimeout(() => this.destroy(), FAREWELL_MS).unref());
      setTimeout(() => this.destroy(), FLUSH_MS).unref();
    };
    side.once('end', ended);
    side.once('close', () => {
      ended();
      this.#open -= 1;
      if (this.#open === 0) this.#onEnd();
    });
    side.on('error', () => side.destroy());
  }

  #part(): void {
    this.#client.destroySoon();
    this.#upstream.socket.destroySoon();
  }
}
