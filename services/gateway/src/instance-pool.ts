import type { GatewayActivity, Route, RouteInstance } from '@weir/contracts';
import type { InstanceId } from '@weir/domain';

export interface Wish {
  /** The instance this browser was bound to, if any. */
  readonly bound: InstanceId | undefined;
  readonly navigation: boolean;
}

interface Use {
  sockets: number;
  inFlight: number;
  /** Since the last report. */
  requests: number;
}

/** Chooses instances, and counts who uses them. */
export class InstancePool {
  readonly #uses = new Map<InstanceId, Use>();

  /**
   * The instance that serves a request, or `undefined` if the app has none for it.
   *
   * A new document belongs to the newest release. All else (sockets, uploads, media) belongs where the
   * page's session lives, because Streamlit keeps sessions and files in one process's memory.
   */
  pick({ instances }: Pick<Route, 'instances'>, { bound, navigation }: Wish): RouteInstance | undefined {
    const own = navigation ? undefined : instances.find(({ id }) => id === bound);
    return own ?? instances.find(({ draining }) => !draining);
  }

  requestStarted(id: InstanceId): void {
    const use = this.#use(id);
    use.requests += 1;
    use.inFlight += 1;
  }

  requestEnded(id: InstanceId): void {
    this.#use(id).inFlight -= 1;
  }

  socketOpened(id: InstanceId): void {
    this.#use(id).sockets += 1;
  }

  socketClosed(id: InstanceId): void {
    this.#use(id).sockets -= 1;
  }

  get sockets(): number {
    let sum = 0;
    for (const { sockets } of this.#uses.values()) sum += sockets;
    return sum;
  }

  /**
   * What happened since the last call, for every instance routed or in use.
   *
   * A draining instance is stopped when its sockets are gone, so an upload or a download that it still
   * carries counts as one.
   */
  takeActivity(routes: Iterable<Route>): GatewayActivity['instances'] {
    const routed = [...routes].flatMap(({ instances }) => instances);
    const draining = new Set(routed.filter((instance) => instance.draining).map(({ id }) => id));
    const ids = new Set([...routed.map(({ id }) => id), ...this.#uses.keys()]);
    return [...ids].map((id) => {
      const { sockets = 0, inFlight = 0, requests = 0 } = this.#uses.get(id) ?? {};
      this.#forgetRequests(id, sockets + inFlight);
      return { id, sockets: draining.has(id) ? sockets + inFlight : sockets, requests };
    });
  }

  #forgetRequests(id: InstanceId, open: number): void {
    const use = this.#uses.get(id);
    if (open === 0) this.#uses.delete(id);
    else if (use) use.requests = 0;
  }

  #use(id: InstanceId): Use {
    let use = this.#uses.get(id);
    if (!use) this.#uses.set(id, (use = { sockets: 0, inFlight: 0, requests: 0 }));
    return use;
  }
}
