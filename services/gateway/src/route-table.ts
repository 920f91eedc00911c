import { EventEmitter } from 'node:events';
import type { Route, RouteSnapshot } from '@weir/contracts';

/**
 * Which app answers for which host, in memory.
 *
 * Fed with whole snapshots, so that there is no delta to miss. Emits `applied` after each.
 */
export class RouteTable extends EventEmitter<{ applied: [RouteSnapshot] }> {
  #routes = new Map<string, Route>();
  #cursor = -1;
  #consoleHost: string | undefined;

  apply(snapshot: RouteSnapshot): void {
    this.#routes = new Map(snapshot.routes.map((route) => [route.hostname, route]));
    this.#cursor = snapshot.cursor;
    this.#consoleHost = snapshot.consoleHost;
    this.emit('applied', snapshot);
  }

  find(hostname: string): Route | undefined {
    return this.#routes.get(hostname);
  }

  routes(): IterableIterator<Route> {
    return this.#routes.values();
  }

  /** The console's host; `undefined` until the first snapshot. */
  get consoleHost(): string | undefined {
    return this.#consoleHost;
  }

  /** The cursor in force; -1 before the first snapshot. */
  get cursor(): number {
    return this.#cursor;
  }
}
