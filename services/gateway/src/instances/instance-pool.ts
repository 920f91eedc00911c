import type { GatewayActivity, Route, RouteInstance } from '@weir/contracts';
import type { AppId, InstanceId } from '@weir/domain';
import { Refusals } from './refusals.ts';

/** One process of an instance: a restart loses the sessions of the one before. */
export interface Binding {
  readonly id: InstanceId;
  readonly attempt: number;
}

export interface Wish {
  /** Where this tab or browser was bound to, the one it prefers first. */
  readonly bound: readonly (Binding | undefined)[];
  /** A new document is asked for. */
  readonly document: boolean;
}

/** Whether a binding is to this very process. */
export const isBoundTo = (binding: Binding | undefined, { id, attempt }: Binding): boolean => binding?.id === id && binding.attempt === attempt;

interface Use {
  sockets: number;
  inFlight: number;
  /** Since the last report. */
  requests: number;
  /** Browsers that were sent there lately and have no socket yet. */
  expected: number;
}

/** Chooses instances, and counts who uses them. */
export class InstancePool {
  readonly #uses = new Map<InstanceId, Use>();
  readonly #refusals = new Refusals();
  readonly #now: () => number;
  #used = new Set<AppId>();
  #reports = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(now = (): number => performance.now()) {
    this.#now = now;
  }

  /**
   * The instance that serves a request, or `undefined` if the app has none for it. To ask changes nothing.
   *
   * A new document belongs to the newest release: to the browser's own instance of it, else to the one with
   * the fewest sessions (Streamlit's are sockets, Gradio's are event streams). All else (sockets, uploads, media)
   * belongs where the page's session lives, because Streamlit keeps sessions and files in one process's memory.
   * A process that is gone took them along, and one that refused is taken for gone while another serves.
   */
  pick(all: readonly RouteInstance[], { bound, document }: Wish): RouteInstance | undefined {
    const instances = this.#refusals.isEmpty ? all : this.#refusals.avoid(all, this.#now());
    for (const binding of bound) {
      const own = instances.find((instance) => isBoundTo(binding, instance));
      if (own && !(document && own.state === 'draining')) return own;
    }
    return this.#leastUsed(instances, 'serving') ?? this.#leastUsed(instances, 'frozen');
  }

  /** Nobody listens at its address. Not for a process that is only slow: it may have its sessions still. */
  noteRefusal(process: Binding): void {
    this.#refusals.note(process, this.#now());
  }

  /** A person did something with this app. */
  noteUse(app: AppId): void {
    this.#used.add(app);
  }

  /** Counts the reports: within one of them, a second note of the same use tells nothing new. */
  get reports(): number {
    return this.#reports;
  }

  /** A browser was sent there that had no session yet. */
  expectSocket(id: InstanceId): void {
    this.#use(id).expected += 1;
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
    const use = this.#use(id);
    use.sockets += 1;
    use.expected = Math.max(0, use.expected - 1);
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
  takeActivity(routes: Iterable<Route>): Pick<GatewayActivity, 'instances' | 'used'> {
    const states = new Map<InstanceId, RouteInstance['state']>();
    for (const { instances } of routes) for (const { id, state } of instances) states.set(id, state);
    const ids = new Set([...states.keys(), ...this.#uses.keys()]);
    const instances = [...ids].map((id) => {
      const { sockets = 0, inFlight = 0, requests = 0 } = this.#uses.get(id) ?? {};
      this.#forgetRequests(id, sockets + inFlight);
      return { id, sockets: states.get(id) === 'draining' ? sockets + inFlight : sockets, requests };
    });
    this.#reports += 1;
    const used = [...this.#used];
    this.#used = new Set();
    return { instances, used };
  }

  #leastUsed(instances: readonly RouteInstance[], wanted: RouteInstance['state']): RouteInstance | undefined {
    let least: RouteInstance | undefined;
    let fewest = Infinity;
    for (const instance of instances) {
      const use = this.#uses.get(instance.id);
      const load = use ? use.sockets + use.inFlight + use.expected : 0;
      if (instance.state === wanted && load < fewest) [least, fewest] = [instance, load];
    }
    return least;
  }

  /** A browser that was expected for a whole report does not come any more. */
  #forgetRequests(id: InstanceId, open: number): void {
    const use = this.#uses.get(id);
    if (open === 0) this.#uses.delete(id);
    else if (use) [use.requests, use.expected] = [0, 0];
  }

  #use(id: InstanceId): Use {
    let use = this.#uses.get(id);
    if (!use) this.#uses.set(id, (use = { sockets: 0, inFlight: 0, requests: 0, expected: 0 }));
    return use;
  }
}
