import type { Peer } from '../request/visit.ts';
import type { Channel } from '../transport/channel.ts';
import { SWEEP_MS } from '../transport/dialling.ts';
import { Roster } from '../transport/roster.ts';
import { UpstreamPool } from '../transport/upstream-pool.ts';
import type { ConnectionServer } from './connection-server.ts';
import { StrictConnection, type StrictConnectionParts } from './strict-connection.ts';

/**
 * Serves the plainest requests itself, which are nearly all, and hands a connection to the next server when
 * anything else comes along it.
 *
 * One sweep a second looks after all time limits, so that a request costs no timer.
 */
export class StrictServer implements ConnectionServer {
  readonly #next: ConnectionServer;
  readonly #pool = new UpstreamPool();
  readonly #connections = new Roster<StrictConnection>();
  readonly #parts: StrictConnectionParts;
  readonly #sweep: NodeJS.Timeout;
  #draining = false;

  constructor(visits: Pick<StrictConnectionParts, 'request' | 'upgrade' | 'assets' | 'shells' | 'refused'>, next: ConnectionServer) {
    this.#next = next;
    this.#parts = {
      ...visits,
      pool: this.#pool,
      handOver: (channel, peer, unread) => next.serve(channel, peer, unread),
      left: (connection) => this.#connections.delete(connection),
      isDraining: () => this.#draining,
    };
    this.#sweep = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  serve(channel: Channel, peer: Peer, unread: Buffer): void {
    // What is deciphered in Node's streams gains little from being read past them.
    if (peer.scheme === 'https') return this.#next.serve(channel, peer, unread);
    const connection = new StrictConnection(channel, peer, this.#parts);
    this.#connections.add(connection);
    if (unread.length > 0) connection.receive(unread, true);
  }

  /** Called about once a second. */
  sweep(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.sweep(now);
    this.#pool.sweep();
  }

  get inFlight(): number {
    return this.#busy() + this.#next.inFlight;
  }

  drain(): void {
    this.#draining = true;
    this.#next.drain();
  }

  closeIdle(): void {
    for (const connection of this.#connections) if (connection.isIdle) connection.close();
    this.#next.closeIdle();
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const connection of this.#connections) connection.destroy();
    this.#pool.close();
    this.#next.close();
  }

  #busy(): number {
    let busy = 0;
    for (const { isBusy } of this.#connections) busy += isBusy ? 1 : 0;
    return busy;
  }
}
