import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@weir/telemetry';
import type { Peer } from '../gateway.ts';
import { plainAddress, type Address } from '../transport/address.ts';
import type { Relay } from '../transport/relay.ts';
import type { ConnectionServer } from './connection-server.ts';

export interface FrontDoorParts {
  readonly server: ConnectionServer;
  /** Every WebSocket that is open. */
  readonly relays: ReadonlySet<Relay>;
  readonly scheme: Peer['scheme'];
  readonly log: Logger;
}

/** Service restart, as uvicorn says it too (RFC 6455 §7.4.2 registry). */
const SERVICE_RESTART = 1012;
const CLOSING_MS = 2_000;
const POLL_MS = 50;

/** The public listeners, and the way they close. */
export class FrontDoor {
  readonly #parts: FrontDoorParts;
  readonly #listening: Server[] = [];
  #draining = false;

  constructor(parts: FrontDoorParts) {
    this.#parts = parts;
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /** Listens on one more address. @returns the port, which matters when 0 was asked for */
  async listen({ host, port }: Address): Promise<number> {
    const { server, scheme, log } = this.#parts;
    const listening = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.serve(socket, { address: plainAddress(socket.remoteAddress), scheme }));
    await new Promise<void>((resolve, reject) => listening.once('error', reject).listen(port, host, resolve));
    this.#listening.push(listening);
    listening.on('error', (error) => log.error({ err: error, host, port }, 'listener.error'));
    const bound = listening.address();
    return typeof bound === 'object' && bound ? bound.port : port;
  }

  /**
   * Takes no new connection, lets requests finish, then closes WebSockets with 1012.
   *
   * Sockets go last: their browsers come back at once, and want to find the next process.
   */
  async drain(limitMs: number): Promise<void> {
    const { server, relays } = this.#parts;
    this.#draining = true;
    for (const listening of this.#listening) listening.close();
    server.drain();
    const deadline = performance.now() + limitMs;
    await this.#until(() => server.inFlight === 0, deadline - CLOSING_MS);
    for (const relay of relays) relay.close(SERVICE_RESTART, 'restarting');
    await this.#until(() => relays.size === 0, Math.min(deadline, performance.now() + CLOSING_MS));
    for (const relay of relays) relay.destroy();
    server.close();
  }

  async #until(done: () => boolean, deadline: number): Promise<void> {
    while (!done() && performance.now() < deadline) {
      this.#parts.server.closeIdle();
      await delay(POLL_MS);
    }
  }
}
