import { EventEmitter } from 'node:events';
import type { Route, RouteSnapshot, RouteUpdate } from '@weir/contracts';

/**
 * Which app answers for which host, in memory.
 *
 * Fed with everything at first and after a gap, else with what changed. Emits `applied` after each.
 */
export class RouteTable extends EventEmitter<{ applied: [] }> {
  #routes = new Map<string, Route>();
  #cursor = -1;
  #consoleHost: string | undefined;

  apply({ cursor, consoleHost, full, routes, removed }: Omit<RouteUpdate, 'version'>): void {
    if (full) this.#routes = new Map();
    for (const hostname of removed) this.#routes.delete(hostname);
    for (const route of routes) this.#routes.set(route.hostname, route);
    this.#cursor = cursor;
    this.#consoleHost = consoleHost;
    this.emit('applied');
  }

  find(hostname: string): Route | undefined {
    return this.#routes.get(hostname);
  }

  routes(): IterableIterator<Route> {
    return this.#routes.values();
  }

  get size(): number {
    return this.#routes.size;
  }

  /** The console's host; `undefined` until the first routes. */
  get consoleHost(): string | undefined {
    return this.#consoleHost;
  }

  /** The cursor in force; -1 before the first routes. */
  get cursor(): number {
    return this.#cursor;
  }

  /** All that is in force now; none before the first routes. */
  snapshot(): RouteSnapshot | undefined {
    if (this.#consoleHost === undefined) return undefined;
    return { version: 2, cursor: this.#cursor, consoleHost: this.#consoleHost, routes: [...this.#routes.values()] };
  }
}
