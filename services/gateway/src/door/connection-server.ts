import type { Peer } from '../request/visit.ts';
import type { Channel } from '../transport/channel.ts';

/** Speaks HTTP on connections that were let in. */
export interface ConnectionServer {
  /** Takes a connection over, of which `unread` has come already. */
  serve(channel: Channel, peer: Peer, unread: Buffer): void;
  /** Requests that are not answered to the end. */
  readonly inFlight: number;
  /** From now on every connection ends with the request it carries. */
  drain(): void;
  /** Closes connections that carry no request. */
  closeIdle(): void;
  /** Stops what it does by itself; connections are closed already. */
  close(): void;
}
