import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Address } from './address.ts';
import { dial } from './upstream-agent.ts';

const SHARED = Buffer.allocUnsafeSlow(65_536);
const BULK_BYTES = 262_144;
/** Reads of this size mean that a lot is coming; smaller ones that it is over. */
const BULK_FROM = 32_768;

/** Takes bytes that arrived, and says whether to go on reading. `lent` bytes are overwritten after the call. */
export type Receive = (chunk: Buffer, lent: boolean) => boolean;

/**
 * A connection that reads into one buffer shared by all such connections, so that an idle one holds no
 * memory. While a lot comes in, it reads into a larger one of its own, whose bytes need no copy.
 */
export class SharedReads {
  readonly socket: Socket;
  /** Set before the first byte can arrive, and again when the stream's meaning changes. */
  receive: Receive = () => true;
  #own: Buffer | undefined;

  private constructor(open: (onread: OnReadOpts) => Socket) {
    this.socket = open({ buffer: () => this.#own ?? SHARED, callback: (length, buffer) => this.#read(length, Buffer.from(buffer.buffer, buffer.byteOffset, length)) });
  }

  static dial(to: Address): SharedReads {
    return new SharedReads((onread) => dial({ ...to, onread }));
  }

  /**
   * Takes over a connection that was accepted, for which Node has no such option: its handle goes to a new
   * socket, and the old one stays as a shell that closes with it. What has no plain handle keeps its own reads.
   */
  static adopt(accepted: Socket): SharedReads {
    const handle: unknown = accepted instanceof TLSSocket || accepted.readableLength > 0 ? undefined : Reflect.get(accepted, '_handle');
    if (!handle) return SharedReads.#listenTo(accepted);
    Reflect.set(accepted, '_handle', null);
    const options = { handle, allowHalfOpen: true } as SocketConstructorOpts;
    const reads = new SharedReads((onread) => new Socket({ ...options, onread }));
    reads.socket.once('close', () => accepted.destroy());
    accepted.once('close', () => reads.socket.destroy());
    return reads;
  }

  static #listenTo(socket: Socket): SharedReads {
    const reads = new SharedReads(() => socket);
    socket.on('data', (chunk: Buffer) => reads.receive(chunk, false) || socket.pause());
    return reads;
  }

  /** Gives the private buffer away: a write that is still pending keeps it. */
  release(): void {
    this.#own = undefined;
  }

  #read(length: number, chunk: Buffer): boolean {
    const lent = chunk.buffer === SHARED.buffer;
    const more = this.receive(chunk, lent);
    if (length < BULK_FROM) this.#own = undefined;
    else if (lent) this.#own ??= Buffer.allocUnsafeSlow(BULK_BYTES);
    return more;
  }
}
