import type { RouteInstance } from '@weir/contracts';
import type { Destination } from '../resolution.ts';
import { isBoundTo } from '../instances/instance-pool.ts';
import type { RouteTable } from '../routing/route-table.ts';
import type { Relay } from './relay.ts';
import { ABSENT, Roster, type Listed } from './roster.ts';
import { Rota, type OnRota } from './rota.ts';

/** Service restart (RFC 6455 §7.4.2 registry): a browser that comes back finds what serves now. */
const SERVICE_RESTART = 1012;
const INSTANCE_GONE = 'instance gone';
/** So often, in sweeps, each browser is looked after. One that vanished is given up at the fourth look, so within a minute. */
const SWEEPS_A_LOOK = 14;

/** Has its place among the watched. */
class Watch implements Listed {
  place = ABSENT;

  constructor(readonly relay: Relay) {}
}

export class OpenSocket implements OnRota {
  place = ABSENT;
  turn = 0;
  readonly watch: Watch;

  constructor(
    readonly relay: Relay,
    /** The process it leads to. */
    readonly destination: Destination | undefined,
  ) {
    this.watch = new Watch(relay);
  }
}

/** Every WebSocket that is open. */
export class OpenSockets {
  readonly #table: Pick<RouteTable, 'find'>;
  readonly #all = new Rota<OpenSocket>(SWEEPS_A_LOOK);
  /** New ones, and those that are about to end: the others cost nothing while they are silent. */
  readonly #watched = new Roster<Watch>();

  constructor(table: Pick<RouteTable, 'find'>) {
    this.#table = table;
  }

  /** The routes may have changed during its handshake: then it is closed like those that were open. */
  add(relay: Relay, destination: Destination | undefined): OpenSocket {
    const socket = new OpenSocket(relay, destination);
    this.#all.add(socket);
    this.#watched.add(socket.watch);
    if (destination && this.#isGone(destination)) relay.close(SERVICE_RESTART, INSTANCE_GONE);
    return socket;
  }

  delete(socket: OpenSocket): void {
    this.#all.delete(socket);
    this.#watched.delete(socket.watch);
  }

  /** Sweeps it from now on, until it needs that no more. */
  watch({ watch }: OpenSocket): void {
    this.#watched.add(watch);
  }

  /** Called about once a second. */
  sweep(nowMs: number): void {
    for (const watch of this.#watched) if (!watch.relay.sweep(nowMs)) this.#watched.delete(watch);
    for (const { relay } of this.#all.next()) relay.look(); // counted, not timed: a process that was held up itself gives up nobody sooner
  }

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): IterableIterator<OpenSocket> {
    return this.#all[Symbol.iterator]();
  }

  /** Closes those whose instance has left the routes: it drained for as long as it may, or was stopped. */
  closeGone(): void {
    const gone = new Map<RouteInstance, boolean>();
    for (const { relay, destination } of this.#all) {
      if (!destination) continue;
      const isGone = gone.get(destination.instance) ?? this.#isGone(destination);
      gone.set(destination.instance, isGone);
      if (isGone) relay.close(SERVICE_RESTART, INSTANCE_GONE);
    }
  }

  #isGone({ route, instance }: Destination): boolean {
    return !this.#table.find(route.hostname)?.instances.some((each) => isBoundTo(instance, each));
  }
}
