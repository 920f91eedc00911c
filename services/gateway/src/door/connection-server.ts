import type { Socket } from 'node:net';
import type { Peer } from '../request/visit.ts';

/** Speaks HTTP on connections that were let in. */
export interface ConnectionServer {
  /** Takes a connection over. Bytes that were read before lie unread in it (`unshift`). */
  serve(socket: Socket, peer: Peer): void;
  /** Requests that are not answered to the end. */
  readonly inFlight: number;
  /** From now on every connection ends with the request it carries. */
  drain(): void;
  /** Closes connections that carry no request. */
  closeIdle(): void;
  /** Stops what it does by itself; connections are closed already. */
  close(): void;
}
