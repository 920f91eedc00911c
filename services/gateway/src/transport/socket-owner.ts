import type { OnReadOpts, Socket } from 'node:net';

const OWNER = Symbol('owner');
type Owned = Socket & { [OWNER]: SocketOwner };

export type SocketError = Error & { readonly code?: string };

/** Whom a socket tells what happens to it. */
export interface SocketOwner {
  connected(): void;
  /** Bytes lie in the buffer. @returns whether to go on reading */
  read(length: number, buffer: Buffer): boolean;
  /** Where the next bytes go. */
  readonly buffer: Buffer;
  drained(): void;
  ended(): void;
  failed(error: SocketError): void;
  closed(): void;
}

/** Gives a socket to its owner, whom its events find without a closure for each: a connection is made of few objects. */
export function own(socket: Socket, owner: SocketOwner): void {
  (socket as Owned)[OWNER] = owner;
  socket.on('connect', connected).on('drain', drained).on('end', ended).on('error', failed).on('close', closed);
}

/** The constructor's option for sockets that read into a buffer of their owner's, and begin with `first`. */
export function readingInto(first: Buffer): OnReadOpts {
  let next = first;
  return {
    // Asked once for a new socket, and then right after each read.
    buffer: () => {
      const buffer = next;
      next = first;
      return buffer;
    },
    callback(this: Owned, length: number, buffer: Uint8Array) {
      const owner = this[OWNER];
      const goesOn = owner.read(length, buffer as Buffer);
      next = owner.buffer;
      return goesOn;
    },
  } as OnReadOpts;
}

function connected(this: Socket): void {
  (this as Owned)[OWNER].connected();
}

function drained(this: Socket): void {
  (this as Owned)[OWNER].drained();
}

function ended(this: Socket): void {
  (this as Owned)[OWNER].ended();
}

function failed(this: Socket, error: SocketError): void {
  (this as Owned)[OWNER].failed(error);
}

function closed(this: Socket): void {
  (this as Owned)[OWNER].closed();
}
