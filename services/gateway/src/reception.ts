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
import { askForDocument } from './tab/insertion.ts';
import { hostConfig } from './tab/own-answer.ts';
import { asksHostConfig, isOwnPart, isStreamlit } from './tab/streamlit-paths.ts';
import { tabToken, withoutTabToken } from './tab/tab-marks.ts';
import { TAB_SCRIPT_PATH, TAB_STATE_PATH, type TabDesk } from './tab/tab-desk.ts';
import { parseAddress } from './transport/address.ts';
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
  receiveTab({ facts, rawHeaders }: Visit, route: Route, path: string): Resolution {
    const { pool, waker, affinity, desk } = this.#parts;
    if (facts.upgrade || (facts.method !== 'GET' && facts.method !== 'HEAD')) return page('no-such-path');
    if (path === TAB_SCRIPT_PATH) {
      const answer = desk.script(facts.target, rawHeaders);
      return answer ? { kind: 'answer', answer } : page('no-such-path');
    }
    if (path !== TAB_STATE_PATH) return page('no-such-path');
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
    const instance = this.#parts.pool.pick(instances, { bound: [bindings.tab, bindings.own].filter((binding) => binding !== undefined), document: intent.document });
    if (!instance) return undefined;
    if (intent.isRead && asksHostConfig(route.framework, intent.path)) return { kind: 'answer', answer: hostConfig(`${visit.peer.scheme}://${authorityOf(visit)}`) };
    const exchange = exchangeOf(visit, 'app', parseAddress(instance.address), { asset: assetKey(route, instance, visit.facts.target), ...this.#bind(route, instance, bindings), ...this.#thaw(route, instance, intent) });
    const isNewcomer = intent.document && !isBoundTo(bindings.own, instance);
    return { kind: 'forward', exchange: isStreamlit(route.framework) ? this.#forTab(exchange, visit, route, instance, intent, bindings) : exchange, destination: { route, instance, isNewcomer } };
  }

  #bindingsOf({ facts, rawHeaders }: Visit, { app, framework, instances }: Route, { document }: Intent): Bindings {
    const { affinity } = this.#parts;
    if (!profileOf(framework).sticky) return {};
    const living = (binding: Binding | undefined): Binding | undefined => instances.find((instance) => isBoundTo(binding, instance));
    const [own, before] = affinity.bound(app, facts.cookie);
    return { tab: document ? undefined : living(affinity.read(app, tabToken(facts, rawHeaders))), own: living(own), before: living(before) };
  }

  /** Binds a browser that has no living binding, or whose newest document is of another instance now. */
  #bind({ app, framework }: Route, instance: RouteInstance, { tab, own, before }: Bindings): Pick<Exchange, 'setCookie'> {
    if (!profileOf(framework).sticky || isBoundTo(own, instance) || isBoundTo(tab, instance)) return {};
    return { setCookie: this.#parts.affinity.bind(app, [instance, own ?? before].filter((binding) => binding !== undefined)) };
  }

  /** The kernel takes a request to a frozen instance at once, and the app answers it in the moment it is thawed. */
  #thaw({ app }: Route, { state }: RouteInstance, { document }: Intent): Partial<Exchange> {
    const wake = state === 'frozen' ? this.#parts.waker.failed(app) : undefined;
    return wake ? { wake, firstByteMs: document ? HOLD_MS.document : HOLD_MS.other } : {};
  }

  /** What `tab.js` needs: it is put into documents, its mark is taken off, and what says no tab is looked for twice. */
  #forTab(exchange: Exchange, { facts }: Visit, route: Route, instance: RouteInstance, intent: Intent, { tab, before }: Bindings): Exchange {
    if (facts.upgrade) return { ...exchange, target: withoutTabToken(exchange.target) };
    if (intent.document) {
      const insertion = this.#parts.desk.insertion(route, instance);
      return { ...exchange, insertion, headers: askForDocument(exchange.headers, insertion) };
    }
    const other = intent.isRead && !tab && isOwnPart(intent.path) ? route.instances.find((each) => isBoundTo(before, each) && each.state !== 'frozen') : undefined;
    return other && other !== instance ? { ...exchange, elsewhere: parseAddress(other.address) } : exchange;
  }
}

/** What a visit is bound to, as far as that still lives: its tab, its browser's newest document, and the one before. */
interface Bindings {
  readonly tab?: Binding | undefined;
  readonly own?: Binding | undefined;
  readonly before?: Binding | undefined;
}

const page = (name: PageName): Resolution => ({ kind: 'page', page: name });

const withoutFrozen = ({ instances }: Route): RouteInstance[] => instances.filter(({ state }) => state !== 'frozen');
