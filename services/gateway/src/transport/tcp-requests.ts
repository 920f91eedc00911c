import type { Address } from './address.ts';
import type { NativeTcp, TcpHandle, TcpRequest } from './native-tcp.ts';
import { systemError } from './system-error.ts';
import type { Written } from './wire.ts';

/** Whom a request is for, and what libuv says of it in a later turn: 0 or an error. */
export interface Requester {
  connected(status: number): void;
  wrote(bytes: number, status: number): void;
  shutDown(): void;
}

/** A write that has not left yet. */
interface Pending {
  readonly data: string | Uint8Array;
  readonly written: Written | undefined;
}

/** @returns 0, or the error that it failed with at once: nothing more is heard of it then */
export function connect(native: NativeTcp, handle: TcpHandle, { host, port, family }: Address, requester: Requester): number {
  const request = requestOf(native.TCPConnectWrap, requester);
  request.oncomplete = onConnected;
  return family === 6 ? handle.connect6(request, host, port) : handle.connect(request, host, port);
}

export function shutDown(native: NativeTcp, handle: TcpHandle, requester: Requester): void {
  const request = requestOf(native.ShutdownWrap, requester);
  request.oncomplete = onShutDown;
  if (handle.shutdown(request) !== 0) requester.shutDown(); // at once, or there is nobody any more, which reading tells
}

/** Goes to the next write that leaves at once, as nearly all do: libuv keeps nothing of it then. */
let spare: TcpRequest | undefined;

/** @returns the bytes that are still to leave @throws SocketError for what went wrong at once */
export function send(native: NativeTcp, handle: TcpHandle, data: string | Uint8Array, written: Written | undefined, requester: Requester): number {
  const request = (spare ??= new native.WriteWrap());
  const status = typeof data === 'string' ? handle.writeLatin1String(request, data) : handle.writeBuffer(request, data);
  if (status === 0 && native.streamBaseState[native.kLastWriteWasAsync] === 0) {
    if (written) process.nextTick(written);
    return 0;
  }
  spare = undefined;
  if (status !== 0) throw systemError(status, 'write');
  request.oncomplete = onWritten;
  request.owner = requester;
  request.kept = { data, written } satisfies Pending;
  return data.length;
}

function requestOf(Kind: new () => TcpRequest, owner: Requester): TcpRequest {
  const request = new Kind();
  request.owner = owner;
  return request;
}

function onConnected(this: TcpRequest, status: number): void {
  (this.owner as Requester).connected(status);
}

function onWritten(this: TcpRequest, status: number): void {
  const { data, written } = this.kept as Pending;
  (this.owner as Requester).wrote(data.length, status); // first, as whoever wrote may look at what is left
  written?.(status === 0 ? undefined : systemError(status, 'write'));
}

function onShutDown(this: TcpRequest): void {
  (this.owner as Requester).shutDown();
}
