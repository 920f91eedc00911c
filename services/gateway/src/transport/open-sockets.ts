import type { Destination } from '../resolution.ts';
import { isBoundTo } from '../instances/instance-pool.ts';
import type { RouteTable } from '../routing/route-table.ts';
import type { Relay } from './relay.ts';

/** Service restart (RFC 6455 §7.4.2 registry): a browser that comes back finds what serves now. */
const SERVICE_RESTART = 1012;
const INSTANCE_GONE = 'instance gone';

interface Group {
  readonly destination: Destination;
  readonly relays: Set<Relay>;
}

/** Every WebSocket that is open, by the process it leads to. */
export class OpenSockets {
  readonly #table: Pick<RouteTable, 'find'>;
  readonly #all = new Map<Relay, string>();
  readonly #groups = new Map<string, Group>();
  /** New ones, and those that are about to end: the others cost nothing while they are silent. */
  readonly #watched = new Set<Relay>();

  constructor(table: Pick<RouteTable, 'find'>) {
    this.#table = table;
  }

  /** The routes may have changed during its handshake: then it is closed like those that were open. */
  add(relay: Relay, destination: Destination | undefined): void {
    const key = destination ? `${destination.instance.id} ${destination.instance.attempt}` : '';
    this.#all.set(relay, key);
    this.#watched.add(relay);
    if (!destination) return;
    const group = this.#groups.get(key);
    if (group) group.relays.add(relay);
    else this.#groups.set(key, { destination, relays: new Set([relay]) });
    if (this.#isGone(destination)) relay.close(SERVICE_RESTART, INSTANCE_GONE);
  }

  delete(relay: Relay): void {
    const key = this.#all.get(relay) ?? '';
    this.#all.delete(relay);
    this.#watched.delete(relay);
    const group = this.#groups.get(key);
    group?.relays.delete(relay);
    if (group?.relays.size === 0) this.#groups.delete(key);
  }

  /** Sweeps it from now on, until it needs that no more. */
  watch(relay: Relay): void {
    if (this.#all.has(relay)) this.#watched.add(relay);
  }

  /** Called about once a second. */
  sweep(nowMs: number): void {
    for (const relay of this.#watched) if (!relay.sweep(nowMs)) this.#watched.delete(relay);
  }

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): IterableIterator<Relay> {
    return this.#all.keys();
  }

  /** Closes those whose instance has left the routes: it drained for as long as it may, or was stopped. */
  closeGone(): void {
    for (const { destination, relays } of this.#groups.values()) {
      if (this.#isGone(destination)) for (const relay of relays) relay.close(SERVICE_RESTART, INSTANCE_GONE);
    }
  }

  #isGone({ route, instance }: Destination): boolean {
    return !this.#table.find(route.hostname)?.instances.some((each) => isBoundTo(instance, each));
  }
}
