import type { Gateway } from '../gateway.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import { pageStatus } from '../pages/pages.ts';
import type { Visit } from '../request/visit.ts';
import type { Forward } from '../resolution.ts';
import type { UpstreamFailure } from '../transport/exchange.ts';
import type { HandshakeOwner } from '../transport/handshake.ts';
import type { OpenSocket, OpenSockets } from '../transport/open-sockets.ts';
import type { Relay } from '../transport/relay.ts';
import { meterOf } from './meter.ts';
import { noteFailure, type FailureParts } from './note-failure.ts';
import type { Passage } from './passage.ts';
import { refuse } from './refuse.ts';
import type { Wire } from '../transport/wire.ts';

export interface SocketErrandParts extends FailureParts {
  readonly relays: OpenSockets;
  /** Hears, at most once a report, that a person uses an open socket. */
  readonly noteUse: Gateway['noteUse'];
  readonly pool: Pick<InstancePool, 'reports' | 'noteRefusal'>;
}

/**
 * An upgrade that was let in, from its handshake to its end.
 *
 * It may be open for days, so once it is open it keeps nothing of its request.
 */
export class SocketErrand implements HandshakeOwner {
  readonly #parts: SocketErrandParts;
  readonly #passage: Passage;
  #request: { readonly socket: Wire; readonly visit: Visit; readonly forward: Forward } | undefined;
  #open: OpenSocket | undefined;
  #reported = -1;

  constructor(parts: SocketErrandParts, passage: Passage, request: { socket: Wire; visit: Visit; forward: Forward }) {
    this.#parts = parts;
    this.#passage = passage;
    this.#request = request;
  }

  opened(relay: Relay): void {
    this.#request = undefined;
    this.#open = this.#parts.relays.add(relay, this.#passage.destination);
    this.#passage.open(meterOf(() => relay));
  }

  leaving(): void {
    if (this.#open) this.#parts.relays.watch(this.#open);
  }

  ended(): void {
    if (this.#open) this.#parts.relays.delete(this.#open);
    this.#passage.end('served', 101);
  }

  /** Is called for every message, so it is one comparison for most of them. */
  heard(): void {
    const { pool, noteUse } = this.#parts;
    const { destination } = this.#passage;
    if (!destination || this.#reported === pool.reports) return;
    this.#reported = pool.reports;
    noteUse(destination);
  }

  failed(failure: UpstreamFailure, error: Error): void {
    if (!this.#request) return;
    const { socket, visit, forward } = this.#request;
    const status = pageStatus(noteFailure(this.#parts, visit, forward, failure, error));
    refuse(socket, status);
    this.#passage.end('failed', status);
  }

  left(): void {
    this.#passage.end('cut', 0);
  }
}
