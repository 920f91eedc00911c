import type { Visit, Peer } from '../request/visit.ts';
import type { Resolution } from '../resolution.ts';
import { pageStatus } from '../pages/pages.ts';
import type { RouteTable } from '../routing/route-table.ts';
import { isMalformed, type ReadHead } from '../request/request-facts.ts';
import type { Channel } from '../transport/channel.ts';
import { SWEEP_MS } from '../transport/dialling.ts';
import { Handshake } from '../transport/handshake.ts';
import { OpenSockets } from '../transport/open-sockets.ts';
import { Roster } from '../transport/roster.ts';
import { carryOutHeld } from './carry-out-held.ts';
import { NO_BYTES } from './meter.ts';
import type { Outcome, Passage } from './passage.ts';
import { readVisit } from './read-visit.ts';
import { refuse } from './refuse.ts';
import type { Resolver } from './schemes.ts';
import { SocketErrand, type SocketErrandParts } from './socket-errand.ts';
import type { Traffic } from './traffic.ts';
import type { TrustedProxies } from './trusted-proxies.ts';
import type { Wire } from '../transport/wire.ts';

export interface SocketHandlerParts extends Omit<SocketErrandParts, 'relays'> {
  readonly table: Pick<RouteTable, 'find'>;
  readonly resolver: Resolver;
  readonly proxies: TrustedProxies;
  readonly traffic: Traffic;
  readonly malformed: () => void;
}

/** Carries out what was decided about upgrades, whoever has read them. */
export class SocketHandler {
  /** Every WebSocket that is open. */
  readonly relays: OpenSockets;
  readonly #parts: SocketHandlerParts;
  readonly #errandParts: SocketErrandParts;
  readonly #handshakes = new Roster<Handshake>();
  readonly #sweep = setInterval(() => this.#look(), SWEEP_MS).unref();

  constructor(parts: SocketHandlerParts) {
    this.relays = new OpenSockets(parts.table);
    this.#parts = parts;
    this.#errandParts = { ...parts, relays: this.relays };
  }

  readonly upgrade = (head: ReadHead, channel: Channel, early: Buffer, nearest: Peer): void => {
    const { resolver, proxies, malformed } = this.#parts;
    const visit = readVisit(head, true, nearest, proxies);
    if (isMalformed(visit)) {
      malformed();
      return refuse(channel.socket, visit.status);
    }
    this.#open(visit, channel, early, resolver.resolve(visit));
  };

  close(): void {
    clearInterval(this.#sweep);
  }

  #open(visit: Visit, client: Channel, early: Buffer, resolution: Resolution): void {
    const { traffic } = this.#parts;
    const { socket } = client;
    if (resolution.kind === 'hold') {
      const hold = traffic.hold(resolution);
      if (!hold) return refuse(socket, 429);
      socket.pause(); // until it is carried
      return carryOutHeld(resolution, this.#parts.log, (next) => {
        hold.ends();
        if (socket.readableEnded) socket.destroy(); // it left while it was held
        if (!socket.destroyed) this.#open(visit, client, early, next);
      });
    }
    const passage = traffic.begin('socket', visit, resolution, noBytes);
    if (!passage) return refuse(socket, 429);
    if (resolution.kind === 'page') return turnAway(socket, passage, 'page', pageStatus(resolution.page));
    if (resolution.kind !== 'forward') return turnAway(socket, passage, resolution.kind, 404);
    const errand = new SocketErrand(this.#errandParts, passage, { socket, visit, forward: resolution });
    const handshake = new Handshake(client, early, resolution.exchange, errand);
    handshake.start(this.#handshakes);
  }

  #look(): void {
    const now = performance.now();
    for (const handshake of this.#handshakes) handshake.sweep(now);
    this.relays.sweep(now);
  }
}

const noBytes = () => NO_BYTES;

function turnAway(socket: Wire, passage: Passage, outcome: Outcome, status: number): void {
  refuse(socket, status);
  passage.end(outcome, status);
}
