import { Socket, type SocketConstructorOpts } from 'node:net';
import type { Address } from './address.ts';
import { forgetBulk, giveBulk, takeBulk } from './bulk-buffers.ts';
import { CONNECT_MS, ConnectTimeout, KEEP_ALIVE_MS, SWEEP_MS } from './dialling.ts';
import type { TcpHandle } from './native-tcp.ts';
import { own, readingInto, type SocketError, type SocketOwner } from './socket-owner.ts';
import { TcpWire } from './tcp-wire.ts';
import type { Wire } from './wire.ts';

const SHARED = Buffer.allocUnsafeSlow(65_536);
/** What was read of it, by length: a view costs more than to read into it, and is the same each time. */
const VIEWS: Buffer[] = [];
const LONGEST_VIEW = 2_048;
const OPTIONS = { onread: readingInto(SHARED), allowHalfOpen: true } as SocketConstructorOpts;
const DIALLING = { ...OPTIONS, noDelay: true };
/** Reads of this size mean that a lot is coming; smaller ones that it is over. */
const BULK_FROM = 32_768;

const CONNECT_SWEEPS = CONNECT_MS / SWEEP_MS;

/** Who counts a channel. */
export interface ChannelKeeper {
  left(): void;
}

/** Whoever a channel belongs to now. */
export interface Reader {
  /**
   * Takes bytes that arrived, and says whether to go on reading.
   *
   * They are overwritten after the call: `lent` ones always, others unless the channel is told to `release` them.
   */
  receive(chunk: Buffer, lent: boolean): boolean;
  /** All that was written has left. */
  drained(): void;
  /** The other end says no more. */
  ended(): void;
  closed(error: SocketError | undefined): void;
}

const nothing = (): void => undefined;
/** Takes what comes and does nothing with it. */
export const NOBODY: Reader = { receive: () => true, drained: nothing, ended: nothing, closed: nothing };

/**
 * One end of a connection, and whoever reads it now; it goes from reader to reader as what it carries changes.
 *
 * All channels read into one buffer, so that an idle one holds no memory. While a lot comes in, one reads into a
 * larger buffer of its own, whose bytes need no copy.
 */
export class Channel implements SocketOwner {
  /** Whom its end is told, whoever reads it then. */
  keeper: ChannelKeeper | undefined;
  #wire: TcpWire | Socket;
  /** Reads into our buffers rather than through Node's streams. */
  readonly #isShared: boolean;
  #reader = NOBODY;
  #own: Buffer | undefined;
  /** Takes what comes through Node's streams. */
  #pull: ((chunk: Buffer) => void) | undefined;
  /** The reader wanted no more. */
  #isHeld = false;
  /** What is to be said as soon as it is connected. */
  #first = '';
  /** Sweeps that found it still connecting. */
  #connecting = 0;
  #isWatched = false;
  #error: SocketError | undefined;

  private constructor(wire: TcpWire | Socket, isShared: boolean) {
    this.#wire = wire;
    this.#isShared = isShared;
    if (wire instanceof TcpWire) wire.attach(this);
    else own(wire, this);
  }

  /** Connects, and says `first` (Latin-1) at once: before that nothing else may be written. */
  static dial(to: Address, first = ''): Channel {
    const channel = new Channel(TcpWire.connect(to) ?? new Socket(DIALLING).connect({ host: to.host, port: to.port }), true);
    channel.#first = first;
    return channel;
  }

  /** A connection that was just accepted, by its handle. */
  static adopt(handle: object): Channel {
    return new Channel(TcpWire.accepted(handle) ?? new Socket({ ...OPTIONS, handle } as SocketConstructorOpts).setNoDelay(true), true);
  }

  /** A stream of Node's, which keeps its own reads. */
  static over(socket: Socket): Channel {
    return new Channel(socket, false);
  }

  /** The channel of a stream that was handed out, and what lies unread in it. */
  static takeBack(stream: Socket): { readonly channel: Channel; readonly unread: Buffer } {
    stream.pause();
    const channel = HANDED_OUT.get(stream) ?? Channel.over(stream);
    channel.reader = NOBODY;
    return { channel, unread: (stream.read() as Buffer | null) ?? Buffer.alloc(0) };
  }

  set reader(reader: Reader) {
    this.#reader = reader;
    if (this.#isShared || this.#pull) return;
    this.#pull = (chunk) => this.#reader.receive(chunk, false) || this.#wire.pause();
    this.#asSocket().on('data', this.#pull);
  }

  get socket(): Wire {
    return this.#wire;
  }

  /** Bytes written that the kernel has not taken yet: they grow fewer as long as the other end reads at all. */
  get unsent(): number {
    const wire = this.#wire;
    return wire instanceof TcpWire ? wire.unsent : (handleOf(wire)?.writeQueueSize ?? wire.writableLength);
  }

  /** The kernel knows no other end any more. Once that has said its last, nothing else tells that it was reset. */
  get isCut(): boolean {
    const wire = this.#wire;
    return wire instanceof TcpWire ? wire.remoteAddress === undefined : (handleOf(wire)?.getpeername?.({}) ?? 0) !== 0;
  }

  /** Hands it out as one of Node's streams, paused, in which `unread` comes first. */
  stream(unread: Buffer): Socket {
    const socket = this.#asSocket().pause();
    this.#reader = { ...NOBODY, receive: (chunk, lent) => socket.push(lent ? Buffer.from(chunk) : this.#kept(chunk)) };
    if (this.#pull) socket.off('data', this.#pull);
    this.#pull = undefined;
    if (unread.length > 0) socket.unshift(unread);
    HANDED_OUT.set(socket, this);
    return socket;
  }

  /** Reads on, if it does not. */
  resume(): void {
    if (!this.#isHeld && !this.socket.isPaused()) return;
    this.#isHeld = false;
    this.socket.resume();
  }

  /** Gives its own buffer to a write that is still pending, for good. */
  release(): void {
    if (this.lend()) forgetBulk();
  }

  /** Gives its own buffer to a write that is still pending, and gives it back then (`giveBulk`). */
  lend(): Buffer | undefined {
    const own = this.#own;
    this.#own = undefined;
    return own;
  }

  connected(): void {
    if (this.#first !== '') this.socket.write(this.#first, 'latin1');
    this.#first = '';
  }

  get buffer(): Buffer {
    return this.#own ?? SHARED;
  }

  read(length: number, buffer: Buffer): boolean {
    const lent = buffer === SHARED;
    this.#isHeld = !this.#reader.receive(lent ? sharedView(length) : buffer.subarray(0, length), lent);
    if (length < BULK_FROM) this.#giveBack();
    else if (lent) this.#own ??= takeBulk();
    return !this.#isHeld;
  }

  drained(): void {
    this.#reader.drained();
  }

  ended(): void {
    this.#reader.ended();
  }

  failed(error: SocketError): void {
    this.#error = error;
  }

  closed(): void {
    this.#giveBack();
    this.#reader.closed(this.#error);
    this.keeper?.left();
  }

  /** Called about once a second while it is in use: a short connection needs neither a timer nor the kernel's care. */
  sweep(): void {
    const { socket } = this;
    if (socket.connecting) {
      this.#connecting += 1; // counted, not timed: a process that was held up itself sees what has come before it gives up
      if (this.#connecting > CONNECT_SWEEPS) socket.destroy(new ConnectTimeout());
    } else if (!this.#isWatched) {
      this.#isWatched = true;
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
    }
  }

  #asSocket(): Socket {
    const wire = this.#wire;
    if (wire instanceof Socket) return wire;
    const handle = wire.detach();
    const socket = new Socket({ ...OPTIONS, handle, pauseOnCreate: true } as SocketConstructorOpts);
    this.#wire = socket;
    if (!handle) return socket.destroy(); // its close is the wire's
    own(socket, this);
    if (wire.writableEnded) socket.end();
    return socket;
  }

  #kept(chunk: Buffer): Buffer {
    this.release();
    return chunk;
  }

  #giveBack(): void {
    const own = this.lend();
    if (own) giveBulk(own);
  }
}

/** As far as it is what it was when this was written. */
const handleOf = (socket: Socket): Partial<Pick<TcpHandle, 'writeQueueSize' | 'getpeername'>> | null | undefined => Reflect.get(socket, '_handle') as TcpHandle | null | undefined;

function sharedView(length: number): Buffer {
  return length > LONGEST_VIEW ? SHARED.subarray(0, length) : (VIEWS[length] ??= SHARED.subarray(0, length));
}

const HANDED_OUT = new WeakMap<Socket, Channel>();
