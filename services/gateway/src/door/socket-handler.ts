import type { Socket } from 'node:net';
import type { Logger } from '@weir/telemetry';
import type { Gateway } from '../gateway.ts';
import type { Destination, Forward, Resolution } from '../resolution.ts';
import type { Peer, Visit } from '../request/visit.ts';
import type { InstancePool } from '../instances/instance-pool.ts';
import { pageStatus } from '../pages/pages.ts';
import type { RouteTable } from '../routing/route-table.ts';
import { isMalformed, type ReadHead } from '../request/request-facts.ts';
import { Handshake, type Attempt } from '../transport/handshake.ts';
import { OpenSockets } from '../transport/open-sockets.ts';
import { carryOutHeld } from './carry-out-held.ts';
import { meterOf, NO_BYTES } from './meter.ts';
import { noteFailure } from './note-failure.ts';
import type { Outcome, Passage } from './passage.ts';
import { readVisit } from './read-visit.ts';
import { refuse } from './refuse.ts';
import type { Resolver } from './schemes.ts';
import type { Traffic } from './traffic.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

export interface SocketHandlerParts {
  readonly table: Pick<RouteTable, 'find'>;
  readonly resolver: Resolver;
  /** Hears, at most once a report, that a person uses an open socket. */
  readonly noteUse: Gateway['noteUse'];
  readonly pool: Pick<InstancePool, 'reports'>;
  readonly proxies: TrustedProxies;
  readonly traffic: Traffic;
  readonly malformed: () => void;
  readonly log: Logger;
}

/**
 * Carries out what was decided about upgrades, whoever has read them.
 *
 * A socket may be open for days, so what lives as long as it does keeps nothing of its request: the closures
 * of one function share their variables, hence the small functions.
 */
export class SocketHandler {
  /** Every WebSocket that is open. */
  readonly relays: OpenSockets;
  readonly #parts: SocketHandlerParts;

  constructor(parts: SocketHandlerParts) {
    this.relays = new OpenSockets(parts.table);
    this.#parts = parts;
  }

  readonly upgrade = (head: ReadHead, socket: Socket, early: Buffer, nearest: Peer): void => {
    const { resolver, proxies, malformed, log } = this.#parts;
    socket.on('error', (error) => log.debug({ err: error }, 'socket.error'));
    socket.setTimeout(0);
    const visit = readVisit(head, true, nearest, proxies);
    if (isMalformed(visit)) {
      malformed();
      return refuse(socket, visit.status);
    }
    this.#open(visit, socket, early, resolver.resolve(visit));
  };

  #open(visit: Visit, socket: Socket, early: Buffer, resolution: Resolution): void {
    const { traffic } = this.#parts;
    if (resolution.kind === 'hold') {
      traffic.held();
      return carryOutHeld(resolution, this.#parts.log, (next) => !socket.destroyed && this.#open(visit, socket, early, next));
    }
    const passage = traffic.begin('socket', visit, resolution, noBytes);
    if (!passage) return refuse(socket, 429);
    if (resolution.kind === 'page') return turnAway(socket, passage, 'page', pageStatus(resolution.page));
    if (resolution.kind !== 'forward') return turnAway(socket, passage, resolution.kind, 404);
    new Handshake(socket, early, resolution.exchange, { ...this.#counted(passage, resolution.destination), failed: this.#failed(visit, socket, resolution, passage) }).start();
    endWith(socket, passage);
  }

  #failed(visit: Visit, socket: Socket, forward: Forward, passage: Passage): Attempt['failed'] {
    return (failure, error) => turnAway(socket, passage, 'failed', pageStatus(noteFailure(this.#parts.log, visit, forward, failure, error)));
  }

  #counted(passage: Passage, destination: Destination | undefined): Omit<Attempt, 'failed'> {
    return {
      opened: (relay) => {
        this.relays.add(relay, destination);
        passage.open(meterOf(() => relay));
      },
      ended: (relay) => {
        this.relays.delete(relay);
        passage.end('served', 101);
      },
      heard: this.#heard(destination),
    };
  }

  /** Is called for every message, so it is one comparison for most of them. */
  #heard(destination: Destination | undefined): () => void {
    const { noteUse, pool } = this.#parts;
    let noted = -1;
    return () => {
      if (!destination || noted === pool.reports) return;
      noted = pool.reports;
      noteUse(destination);
    };
  }
}

const noBytes = () => NO_BYTES;

function turnAway(socket: Socket, passage: Passage, outcome: Outcome, status: number): void {
  refuse(socket, status);
  passage.end(outcome, status);
}

/** A handshake that the app refused ends with its connection, and so does one that the browser leaves. */
function endWith(socket: Socket, passage: Passage): void {
  socket.once('close', () => {
    if (!passage.isOpen) passage.end('cut', 0);
  });
}
