import type { Channel } from './channel.ts';
import { closeFrame, FrameCursor } from './frame-cursor.ts';
import { passOn } from './pass-on.ts';
import { Pulse } from './pulse.ts';
import { BrowserSide, UpstreamSide, type Carrier } from './relay-side.ts';

/** After one side has ended, so long may the other still speak. */
const FAREWELL_MS = 1_000;
/** A side that takes nothing any more does not keep the last bytes for ever. */
const FLUSH_MS = 30_000;
/** A browser's message, as it travels. Apps keep one whole in memory; Streamlit takes 200 MB at most (`server.maxMessageSize`), and uploads go by HTTP. */
const MOST_MESSAGE_BYTES = 2 ** 28;
/** RFC 6455 §7.4.1. */
const MESSAGE_TOO_BIG = 1009;
/** Without a payload: it need not be told from others. Its answer goes on to the app, which is to ignore what it did not ask for (RFC 6455 §5.5.3), and may be the answer to a ping of the app's too. */
const PING = Buffer.from([0x89, 0]);

/** Who is told of a relay. */
export interface RelayOwner {
  /** The browser sent a message. */
  heard(): void;
  /** It is about to end, and is to be swept until it has. */
  leaving(): void;
  /** Both sides are gone. */
  ended(): void;
}

/**
 * A WebSocket after its handshake: bytes both ways, whatever they mean.
 *
 * Each side is read only as fast as the other takes it, and the death of one is the death of both.
 */
export class Relay implements Carrier {
  /** Bytes to the browser, without pings of ours, and from it, with its answers to them. */
  sent = 0;
  received = 0;
  readonly #client: Channel;
  readonly #upstream: Channel;
  readonly #owner: RelayOwner;
  /** What the app says, and what the browser does. */
  readonly #frames = new FrameCursor();
  readonly #browserFrames = new FrameCursor();
  readonly #pulse = new Pulse();
  #closing: Buffer | undefined;
  #farewell = false;
  /** When both sides end at the latest, and the one whose last bytes are still to leave. */
  #endsAtMs = Infinity;
  #flushing: Channel | undefined;
  /** Of the two sides, how many have said their last, and how many are gone. */
  #silent = 0;
  #gone = 0;

  constructor(client: Channel, upstream: Channel, owner: RelayOwner) {
    this.#client = client;
    this.#upstream = upstream;
    this.#owner = owner;
  }

  /** Starts with what each side has said already. */
  start(fromClient: Buffer, fromUpstream: Buffer): void {
    const [client, upstream] = [this.#client, this.#upstream];
    client.reader = new BrowserSide(this, client, upstream);
    upstream.reader = new UpstreamSide(this, upstream, client);
    if (fromClient.length > 0) this.toUpstream(fromClient, true);
    if (fromUpstream.length > 0) this.toClient(fromUpstream, true);
    client.resume();
    upstream.resume();
  }

  /** Says goodbye to the browser between two frames, as RFC 6455 §7.4 has it, and hangs up. */
  close(code: number, reason: string): void {
    if (this.#closing || this.#farewell || !this.#client.socket.writable) return; // what is said last is on its way already
    this.#closing = closeFrame(code, reason);
    if (this.#frames.isBetweenFrames) this.#hangUp(this.#closing);
  }

  /** Ends both sides at once. */
  destroy(): void {
    this.#client.socket.destroy();
    this.#upstream.socket.destroy();
  }

  /** Called about once a second, as long as it says that there is a reason. */
  sweep(nowMs: number): boolean {
    this.#client.sweep();
    this.#upstream.sweep();
    if (this.#flushing?.socket.writableFinished) {
      this.#flushing = undefined;
      this.#endWithin(FAREWELL_MS);
    } else if (nowMs > this.#endsAtMs) this.destroy();
    return this.#endsAtMs !== Infinity && this.#gone < 2;
  }

  /** Called about every 14 s: a browser that vanished is noticed although its app goes on speaking. */
  look(): void {
    const { socket } = this.#client;
    if (this.#endsAtMs !== Infinity || !socket.writable) return;
    // Where writes are backed up, a slow reader is told from one that is gone by the kernel alone, which knows what is
    // acknowledged: of a reader at 1 KB/s it may take nothing new for many minutes. And while the app takes nothing, the browser is not read.
    if (socket.writableLength > 0 || this.#upstream.socket.writableLength > 0) return this.#pulse.excuse();
    if (!this.#frames.isBetweenFrames) return;
    const finding = this.#pulse.look(this.sent);
    if (finding === 'give-up') this.destroy();
    else if (finding === 'ask' && !this.#frames.hasClosed) socket.write(PING); // a close is to be answered as well
  }

  /** One side says no more: the other gets what is left, and then ends too. */
  fellSilent(side: Channel, other: Channel): void {
    this.#silent += 1;
    if (this.#silent === 2) return this.#part();
    side.resume(); // so that its close is seen
    this.#flushing = other;
    this.#endWithin(FLUSH_MS);
    other.socket.end();
  }

  left(): void {
    this.#gone += 1;
    if (this.#gone === 2) this.#owner.ended();
  }

  toClient(chunk: Buffer, lent: boolean): boolean {
    const boundary = this.#frames.advance(chunk);
    const { socket } = this.#client;
    if (this.#farewell || !socket.writable) return true; // nothing may follow a close frame
    if (this.#closing && boundary !== -1) {
      socket.write(Buffer.from(chunk.subarray(0, boundary)));
      this.#hangUp(this.#closing);
      return true;
    }
    this.sent += chunk.length;
    const flows = passOn(chunk, lent, this.#upstream, socket);
    if (this.#browserFrames.hasClosed) this.#partIfOver();
    return flows;
  }

  toUpstream(chunk: Buffer, lent: boolean): boolean {
    this.received += chunk.length;
    this.#pulse.heard(this.sent);
    const frames = this.#browserFrames;
    frames.advance(chunk);
    if (frames.largestMessage > MOST_MESSAGE_BYTES) return this.#refuse();
    if (frames.sawMessage) this.#owner.heard();
    const { socket } = this.#upstream;
    const flows = !socket.writable || passOn(chunk, lent, this.#client, socket);
    if (frames.hasClosed) this.#partIfOver();
    return flows;
  }

  /** Passes on no more of what the browser says, and tells it why. @returns that more may come: what is left unread would take its close from it */
  #refuse(): boolean {
    if (this.#endsAtMs !== Infinity) return true;
    this.#endWithin(FLUSH_MS);
    this.close(MESSAGE_TOO_BIG, 'message too big');
    return true;
  }

  /** Each side has said a close, and was told the other's: nothing is to be waited for (RFC 6455 §7.1.1). What is still to leave ends it as a side that falls silent does. */
  #partIfOver(): void {
    if (this.#frames.hasClosed && this.#client.socket.writableLength === 0 && this.#upstream.socket.writableLength === 0) this.#part();
  }

  #hangUp(frame: Buffer): void {
    this.#farewell = true;
    this.#client.socket.end(frame);
    this.#endWithin(FAREWELL_MS);
  }

  #endWithin(limitMs: number): void {
    this.#endsAtMs = performance.now() + limitMs;
    this.#owner.leaving();
  }

  #part(): void {
    this.#client.socket.destroySoon();
    this.#upstream.socket.destroySoon();
  }
}
