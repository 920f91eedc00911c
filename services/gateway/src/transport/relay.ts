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
  readonly #client: SharedReads;
  readonly #upstream: SharedReads;
  readonly #onEnd: (relay: Relay) => void;
  readonly #onMessage: () => void;
  readonly #frames = new FrameCursor();
  #closing: Buffer | undefined;
  #farewell = false;
  #open = 2;
  #deadline: NodeJS.Timeout | undefined;
  /** Of the two sides, how many have said their last. */
  #silent = 0;

  constructor(client: SharedReads, upstream: SharedReads, onEnd: (relay: Relay) => void, onMessage: () => void) {
    this.#client = client;
    this.#upstream = upstream;
    this.#onEnd = onEnd;
    this.#onMessage = onMessage;
  }

  /** Starts with what each side has said already. */
  start(fromClient: Buffer, fromUpstream: Buffer): void {
    const [client, upstream] = [this.#client.socket, this.#upstream.socket];
    this.#upstream.receive = (chunk, lent) => this.#toClient(chunk, lent);
    this.#client.receive = (chunk, lent) => this.#toUpstream(chunk, lent);
    client.on('drain', () => upstream.resume());
    upstream.on('drain', () => client.resume());
    this.#couple(client, upstream);
    this.#couple(upstream, client);
    if (fromClient.length > 0) this.#toUpstream(fromClient, true);
    if (fromUpstream.length > 0) this.#toClient(fromUpstream, true);
    client.resume();
    upstream.resume();
  }

  /** Says goodbye to the browser between two frames, as RFC 6455 §7.4 has it, and hangs up. */
  close(code: number, reason: string): void {
    if (this.#closing || this.#farewell) return;
    this.#closing = closeFrame(code, reason);
    if (this.#frames.isBetweenFrames) this.#hangUp();
  }

  /** Ends both sides at once. */
  destroy(): void {
    this.#client.socket.destroy();
    this.#upstream.socket.destroy();
  }

  #toClient(chunk: Buffer, lent: boolean): boolean {
    const boundary = this.#frames.advance(chunk);
    const { socket } = this.#client;
    if (this.#farewell || !socket.writable) return true; // nothing may follow a close frame
    if (this.#closing && boundary !== -1) {
      socket.write(Buffer.from(chunk.subarray(0, boundary)));
      this.#hangUp();
      return true;
    }
    this.sent += chunk.length;
    return pass(chunk, lent, this.#upstream, socket);
  }

  #toUpstream(chunk: Buffer, lent: boolean): boolean {
    this.received += chunk.length;
    if (carriesMessage(chunk)) this.#onMessage();
    const { socket } = this.#upstream;
    return !socket.writable || pass(chunk, lent, this.#client, socket);
  }

  #hangUp(): void {
    this.#farewell = true;
    if (this.#closing) this.#client.socket.end(this.#closing);
    this.#endWithin(FAREWELL_MS);
  }

  /** One timer, cleared at the end: a forgotten one would keep all this in memory. */
  #endWithin(limitMs: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.destroy(), limitMs).unref();
  }

  /** What happens when one side ends: the other gets what is left, and then ends too. */
  #couple(side: Socket, other: Socket): void {
    let isSilent = false;
    const ended = (): void => {
      if (isSilent) return;
      isSilent = true;
      this.#silent += 1;
      if (this.#silent === 2) return this.#part();
      side.resume(); // so that its close is seen
      this.#endWithin(FLUSH_MS);
      other.end(() => this.#open > 0 && this.#endWithin(FAREWELL_MS));
    };
    side.once('end', ended);
    side.once('close', () => {
      ended();
      this.#open -= 1;
      if (this.#open > 0) return;
      clearTimeout(this.#deadline);
      this.#onEnd(this);
    });
    side.on('error', () => side.destroy());
  }

  #part(): void {
    this.#client.socket.destroySoon();
    this.#upstream.socket.destroySoon();
  }
}

/** @returns whether the other side takes more now */
function pass(chunk: Buffer, lent: boolean, from: SharedReads, to: Socket): boolean {
  const flowing = to.write(lent ? Buffer.from(chunk) : chunk);
  if (to.writableLength === 0) return true;
  if (!lent) from.release();
  return flowing;
}
