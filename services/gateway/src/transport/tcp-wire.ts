import type { Address } from './address.ts';
import { NATIVE, type NativeTcp, type TcpHandle } from './native-tcp.ts';
import type { SocketOwner } from './socket-owner.ts';
import { systemError } from './system-error.ts';
import { connect, send, shutDown, type Requester } from './tcp-requests.ts';
import type { Wire, Written } from './wire.ts';

/** libuv's error for the end of what comes. */
const UV_EOF = -4095;
/** What was asked for last. */
const PEER = { address: '', family: '', port: 0 };
/** When so much waits to leave, whoever writes is asked to hold on, as in `node:net`. */
const HIGH_WATER_BYTES = 65_536;
/** Closed, and whoever owns them is to be told as soon as whoever is at work now is done. */
const CLOSED: TcpWire[] = [];
/** A callback of the handle's would come a turn later, and cost more than to close it. */
const AT_ONCE = Promise.resolve();

/**
 * A wire upon libuv's own handle, without the stream that `node:net` makes of it: that is most of what a short
 * connection costs beyond the kernel, and most of what an idle one keeps.
 */
export class TcpWire implements Wire, Requester {
  connecting = false;
  destroyed = false;
  writableEnded = false;
  writableFinished = false;
  writableLength = 0;
  readableEnded = false;
  readonly readableLength = 0;
  /** Counted here: to ask the handle is a call out of JavaScript, and once it is closed it knows nothing. */
  bytesRead = 0;
  bytesWritten = 0;
  readonly #native: NativeTcp;
  readonly #handle: TcpHandle;
  #owner: SocketOwner | undefined;
  #buffer: Buffer | undefined;
  /** What the kernel said at once of connecting: 0, or an error. */
  #dialled = 0;
  #isReading = false;
  #isPaused = false;
  #needsDrain = false;
  #isLast = false;
  #finished: (() => void) | undefined;

  private constructor(native: NativeTcp, handle: TcpHandle) {
    this.#native = native;
    this.#handle = handle;
    handle.owner = this;
    handle.onread = onRead;
  }

  /** @returns `undefined` where it is no handle that we know. It delays nothing if who listens for it does not, as Linux has it. */
  static accepted(handle: object): TcpWire | undefined {
    return NATIVE && handle instanceof NATIVE.TCP ? new TcpWire(NATIVE, handle) : undefined;
  }

  /** @returns `undefined` where there are no such handles, or a name is to be looked up first */
  static connect(to: Address): TcpWire | undefined {
    if (!NATIVE || to.family === 0) return undefined;
    const wire = new TcpWire(NATIVE, new NATIVE.TCP(NATIVE.SOCKET));
    wire.#handle.setNoDelay(true);
    wire.connecting = true;
    wire.#dialled = connect(NATIVE, wire.#handle, to, wire);
    return wire;
  }

  /** Reads from now on, as soon as it is connected. Called once. */
  attach(owner: SocketOwner): void {
    this.#owner = owner;
    this.#buffer = owner.buffer;
    this.#handle.useUserBuffer(this.#buffer);
    if (this.#check(this.#dialled, 'connect')) this.resume();
  }

  /** Gives the connection away. @returns `undefined` if there is none any more */
  detach(): TcpHandle | undefined {
    if (this.destroyed) return undefined;
    this.pause();
    this.destroyed = true;
    this.#handle.owner = undefined;
    return this.#handle;
  }

  get remoteAddress(): string | undefined {
    return this.#handle.getpeername(PEER) === 0 ? PEER.address : undefined;
  }

  /** Bytes that the kernel has not taken. It falls while a large write leaves bit by bit, as `writableLength` does not. */
  get unsent(): number {
    return this.destroyed ? 0 : this.#handle.writeQueueSize;
  }

  get writable(): boolean {
    return !this.writableEnded && !this.destroyed;
  }

  write(data: string | Uint8Array, how?: 'latin1' | Written): boolean {
    const written = typeof how === 'function' ? how : undefined;
    try {
      if (!this.writable) throw new Error('written after the end');
      this.bytesWritten += data.length;
      this.writableLength += send(this.#native, this.#handle, data, written, this);
    } catch (error) {
      if (written) process.nextTick(written, error);
      this.destroy(error as Error);
      return false;
    }
    this.#needsDrain ||= this.writableLength >= HIGH_WATER_BYTES;
    return !this.#needsDrain;
  }

  end(last: string | Uint8Array = '', finished?: () => void): void {
    if (last.length > 0) this.write(last);
    if (!this.writable) return;
    this.writableEnded = true;
    this.#finished = finished;
    if (!this.connecting) shutDown(this.#native, this.#handle, this);
  }

  /** To close it tells the other end what to shut it down before would; whoever still speaks then is reset at once, and not a turn later. */
  destroySoon(): void {
    if (this.writableLength === 0) return this.destroy();
    this.writableEnded = true;
    this.#isLast = true;
  }

  destroy(error?: Error): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.connecting = false;
    if (error) this.#owner?.failed(error);
    this.#handle.close();
    if (CLOSED.push(this) === 1) void AT_ONCE.then(tellClosed);
  }

  tellClosed(): void {
    this.#owner?.closed();
  }

  isPaused(): boolean {
    return this.#isPaused;
  }

  pause(): void {
    this.#isPaused = true;
    if (this.#isReading && !this.destroyed) this.#handle.readStop();
    this.#isReading = false;
  }

  resume(): void {
    this.#isPaused = false;
    if (this.#isReading || this.connecting || this.readableEnded || this.destroyed) return;
    this.#isReading = true;
    this.#check(this.#handle.readStart(), 'read');
  }

  setKeepAlive(enable: boolean, initialDelayMs: number): void {
    if (!this.destroyed) this.#handle.setKeepAlive(enable, Math.ceil(initialDelayMs / 1000));
  }

  connected(status: number): void {
    if (this.destroyed || !this.#check(status, 'connect')) return;
    this.connecting = false;
    if (this.writableEnded) shutDown(this.#native, this.#handle, this);
    this.#owner?.connected();
    if (!this.#isPaused) this.resume();
  }

  wrote(bytes: number, status: number): void {
    this.writableLength -= bytes;
    if (this.destroyed || !this.#check(status, 'write') || this.writableLength > 0) return;
    if (this.#isLast) return this.destroy();
    const isAwaited = this.#needsDrain;
    this.#needsDrain = false;
    if (isAwaited && this.writable) this.#owner?.drained();
  }

  shutDown(): void {
    if (this.destroyed) return;
    this.writableFinished = true;
    this.#finished?.();
    if (this.readableEnded) this.destroy();
  }

  /** @returns where to read from now on, if that is elsewhere */
  received(): Buffer | undefined {
    const { streamBaseState, kReadBytesOrError } = this.#native;
    const bytes = streamBaseState[kReadBytesOrError] ?? 0;
    const owner = this.#owner;
    const buffer = this.#buffer;
    if (this.destroyed || !owner || !buffer || bytes === 0) return undefined;
    if (bytes < 0) {
      if (bytes === UV_EOF) this.#readToEnd();
      else this.#check(bytes, 'read');
      return undefined;
    }
    this.bytesRead += bytes;
    if (!owner.read(bytes, buffer)) this.pause();
    this.#buffer = owner.buffer;
    return this.#buffer === buffer ? undefined : this.#buffer;
  }

  #readToEnd(): void {
    this.readableEnded = true;
    this.#isReading = false;
    this.#owner?.ended();
    if (this.writableFinished) this.destroy();
  }

  /** @returns whether it was none */
  #check(status: number, call: string): boolean {
    if (status < 0) this.destroy(systemError(status, call));
    return status >= 0;
  }
}

function tellClosed(): void {
  for (const wire of CLOSED.splice(0)) {
    try {
      wire.tellClosed();
    } catch (error) {
      void AT_ONCE.then(() => { throw error; }); // what one owner does wrong is not the others'
    }
  }
}

function onRead(this: TcpHandle): Buffer | undefined {
  return (this.owner as TcpWire).received();
}
