import { carriesMessage, isClose } from './carries-message.ts';
import type { Channel, Reader } from './channel.ts';
import { closeFrame, FrameCursor } from './frame-cursor.ts';
import { passOn } from './pass-on.ts';

/** After one side has ended, so long may the other still speak. */
const FAREWELL_MS = 1_000;
/** A side that takes nothing any more does not keep the last bytes for ever. */
const FLUSH_MS = 30_000;

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
export class Relay {
  /** Bytes to the browser, and from it. */
  sent = 0;
  received = 0;
  readonly #client: Channel;
  readonly #upstream: Channel;
  readonly #owner: RelayOwner;
  readonly #frames = new FrameCursor();
  /** The browser said a close. */
  #isClosed = false;
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
    if (this.#closing || this.#farewell) return;
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
    if (this.#isClosed) this.#partIfOver();
    return flows;
  }

  toUpstream(chunk: Buffer, lent: boolean): boolean {
    this.received += chunk.length;
    if (carriesMessage(chunk)) this.#owner.heard();
    else this.#isClosed ||= isClose(chunk);
    const { socket } = this.#upstream;
    const flows = !socket.writable || passOn(chunk, lent, this.#client, socket);
    if (this.#isClosed) this.#partIfOver();
    return flows;
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

/** One end of a relay. */
abstract class Side implements Reader {
  #isSilent = false;

  constructor(
    protected readonly relay: Relay,
    private readonly own: Channel,
    private readonly other: Channel,
  ) {}

  abstract receive(chunk: Buffer, lent: boolean): boolean;

  drained(): void {
    this.other.resume();
  }

  ended(): void {
    if (this.#isSilent) return;
    this.#isSilent = true;
    this.relay.fellSilent(this.own, this.other);
  }

  closed(): void {
    this.ended();
    this.relay.left();
  }
}

class BrowserSide extends Side {
  receive(chunk: Buffer, lent: boolean): boolean {
    return this.relay.toUpstream(chunk, lent);
  }
}

class UpstreamSide extends Side {
  receive(chunk: Buffer, lent: boolean): boolean {
    return this.relay.toClient(chunk, lent);
  }
}
