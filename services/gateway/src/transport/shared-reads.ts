import type { OnReadOpts, Socket } from 'node:net';
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

  constructor(to: Address) {
    const onread: OnReadOpts = { buffer: () => this.#own ?? SHARED, callback: (length, buffer) => this.#read(length, Buffer.from(buffer.buffer, buffer.byteOffset, length)) };
    this.socket = dial({ ...to, onread });
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
