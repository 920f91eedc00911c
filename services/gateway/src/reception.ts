import type { Route, RouteInstance } from '@weir/contracts';
import { decide, profileOf, wakes } from '@weir/domain';
import { assetKey } from './assets/asset-key.ts';
import { authorityOf, exchangeOf } from './exchange-of.ts';
import type { Destination, Resolution } from './resolution.ts';
import type { Visit } from './request/visit.ts';
import type { Affinity } from './instances/affinity.ts';
import { isBoundTo, type Binding, type InstancePool } from './instances/instance-pool.ts';
import type { Turnstile } from './instances/turnstile.ts';
import type { Waker } from './instances/waker.ts';
import { pageFor, type PageName } from './pages/pages.ts';
import { readIntent, type Intent } from './request/intent.ts';
import type { RouteTable } from './routing/route-table.ts';
import { hostConfig } from './tab/own-answer.ts';
import { asksHostConfig, isOwnPart, isStreamlit } from './tab/streamlit-paths.ts';
import { tabToken, withoutTabToken } from './tab/tab-marks.ts';
import { TAB_SCRIPT_PATH, TAB_STATE_PATH, type TabDesk } from './tab/tab-desk.ts';
import { parseAddress, type Address } from './transport/address.ts';
import type { Exchange } from './transport/exchange.ts';

export interface ReceptionParts {
  readonly table: RouteTable;
  readonly pool: InstancePool;
  readonly affinity: Affinity;
  readonly waker: Waker;
  readonly turnstile: Turnstile;
  readonly desk: TabDesk;
}

/** A person sees a page after so long, and a tab's poll may fail: Streamlit gives up on one after 15 s. */
const HOLD_MS = { document: 2_000, other: 10_000 };

/** Receives visits to apps: who may, whether the app is awake, which instance. */
export class Reception {
  readonly #parts: ReceptionParts;

  constructor(parts: ReceptionParts) {
    this.#parts = parts;
  }

  receive(visit: Visit, route: Route): Resolution {
    const { pool, waker } = this.#parts;
    const intent = readIntent(visit, route.framework);
    const sleep = waker.sleepOf(route);
    const decision = decide(intent, { policy: route.policy, sleep }, undefined);
    if (decision === 'deny' || decision === 'sign-in') return page('not-found');
    if (intent.isUse) pool.noteUse(route.app);
    if (decision === 'allow') {
      const awake = sleep === 'awake' ? route.instances : withoutFrozen(route);
      return this.#forward(visit, route, intent, awake) ?? page(sleep === 'awake' ? pageFor(route.status) : 'asleep');
    }
    if (wakes(intent)) waker.wake(route);
    return this.#forward(visit, route, intent, route.instances) ?? { kind: 'hold', app: route.app, wait: () => this.#afterWaking(visit, route, intent) };
  }

  /** What a tab asks the gateway itself. It neither wakes an app nor is a use of it. */
  receiveTab({ facts, rawHeaders }: Visit, route: Route): Resolution {
    const { pool, waker, affinity, desk } = this.#parts;
    if (facts.upgrade || (facts.method !== 'GET' && facts.method !== 'HEAD')) return page('no-such-path');
    if (facts.path === TAB_SCRIPT_PATH) {
      const answer = desk.script(facts.target, rawHeaders);
      return answer ? { kind: 'answer', answer } : page('no-such-path');
    }
    if (facts.path !== TAB_STATE_PATH) return page('no-such-path');
    if (decide({ document: false, person: true }, { policy: route.policy, sleep: 'awake' }, undefined) !== 'allow') return page('not-found');
    const tab = affinity.read(route.app, tabToken(facts, rawHeaders));
    const own = affinity.bound(route.app, facts.cookie).slice(0, 1);
    const instance = pool.pick(withoutFrozen(route), { bound: tab ? [tab, ...own] : own, document: false });
    return { kind: 'answer', answer: desk.state(route, instance, waker.sleepOf(route) === 'asleep') };
  }

  /** A person did something in a page that is open, at most once a report: a frozen app is woken by that. */
  noteUse({ route }: Destination): void {
    const { table, pool, waker } = this.#parts;
    pool.noteUse(route.app);
    const now = table.find(route.hostname);
    if (now && waker.sleepOf(now) === 'asleep') waker.wake(now);
  }

  async #afterWaking(visit: Visit, { app, hostname }: Route, intent: Intent): Promise<Resolution> {
    const { table, waker, turnstile } = this.#parts;
    const outcome = await waker.awake(app, intent.document ? HOLD_MS.document : HOLD_MS.other);
    if (outcome === 'awake' && !visit.facts.upgrade) await turnstile.enter(app);
    if (outcome === 'failed') return page('not-woken');
    const now = table.find(hostname);
    if (!now) return page('not-found');
    if (outcome === 'awake') return this.receive(visit, now);
    const known = pageFor(now.status);
    return page(known === 'starting' || known === 'asleep' ? 'waking' : known);
  }

  #forward(visit: Visit, route: Route, intent: Intent, instances: readonly RouteInstance[]): Resolution | undefined {
    const bindings = this.#bindingsOf(visit, route, intent);
    const instance = this.#parts.pool.pick(instances, { bound: [bindings.tab, bindings.own], document: intent.document });
    if (!instance) return undefined;
    if (intent.isRead && asksHostConfig(route.framework, visit.facts.path)) return { kind: 'answer', answer: hostConfig(`${visit.peer.scheme}://${authorityOf(visit)}`) };
    const isNewcomer = intent.document && !isBoundTo(bindings.own, instance);
    return { kind: 'forward', exchange: this.#exchange(visit, route, instance, intent, bindings), destination: { route, instance, isNewcomer } };
  }

  /** A frozen instance's kernel takes a request at once, and the app answers it in the moment it is thawed. */
  #exchange(visit: Visit, route: Route, instance: RouteInstance, intent: Intent, bindings: Bindings): Exchange {
    const { facts: { target, path, upgrade } } = visit;
    const hasTabs = isStreamlit(route.framework);
    const wake = instance.state === 'frozen' ? this.#parts.waker.failed(route.app) : undefined;
    return exchangeOf(visit, 'app', parseAddress(instance.address), {
      target: hasTabs && upgrade ? withoutTabToken(target) : target,
      firstByteMs: wake && (intent.document ? HOLD_MS.document : HOLD_MS.other),
      asset: upgrade ? undefined : assetKey(route, instance, target),
      setCookie: this.#cookie(route, instance, bindings),
      insertion: hasTabs && intent.document ? this.#parts.desk.insertion(route, instance) : undefined,
      elsewhere: hasTabs && !upgrade && intent.isRead && !intent.document ? elsewhere(route, instance, path, bindings) : undefined,
      wake,
    });
  }

  #bindingsOf({ facts, rawHeaders }: Visit, { app, framework, instances }: Route, { document }: Intent): Bindings {
    const { affinity } = this.#parts;
    if (!profileOf(framework).sticky) return {};
    const living = (binding: Binding | undefined): Binding | undefined => binding && instances.find((instance) => isBoundTo(binding, instance));
    const [own, before] = affinity.bound(app, facts.cookie);
    return { tab: document ? undefined : living(affinity.read(app, tabToken(facts, rawHeaders))), own: living(own), before: living(before) };
  }

  /** Binds a browser that has no living binding, or whose newest document is of another instance now. */
  #cookie({ app, framework }: Route, instance: RouteInstance, { tab, own, before }: Bindings): string | undefined {
    if (!profileOf(framework).sticky || isBoundTo(own, instance) || isBoundTo(tab, instance)) return undefined;
    return this.#parts.affinity.bind(app, [instance, own ?? before].filter((binding) => binding !== undefined));
  }
}

/** Where a part of a page may be instead: what says no tab is looked for twice. */
function elsewhere({ instances }: Route, instance: RouteInstance, path: string, { tab, before }: Bindings): Address | undefined {
  if (!before || tab || !isOwnPart(path)) return undefined;
  const other = instances.find((each) => isBoundTo(before, each) && each.state !== 'frozen');
  return other && other !== instance ? parseAddress(other.address) : undefined;
}

/** What a visit is bound to, as far as that still lives: its tab, its browser's newest document, and the one before. */
interface Bindings {
  readonly tab?: Binding | undefined;
  readonly own?: Binding | undefined;
  readonly before?: Binding | undefined;
}

const page = (name: PageName): Resolution => ({ kind: 'page', page: name });

const withoutFrozen = ({ instances }: Route): RouteInstance[] => instances.filter(({ state }) => state !== 'frozen');
