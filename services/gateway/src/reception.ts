import type { Route, RouteInstance } from '@weir/contracts';
import { decide, profileOf, wakes } from '@weir/domain';
import { authorityOf, exchangeOf } from './exchange-of.ts';
import type { Destination, Resolution, Visit } from './gateway.ts';
import type { Affinity } from './instances/affinity.ts';
import { isBoundTo, type InstancePool } from './instances/instance-pool.ts';
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
import type { Exchange } from './transport/proxy.ts';

export interface ReceptionParts {
  readonly table: RouteTable;
  readonly pool: InstancePool;
  readonly affinity: Affinity;
  readonly waker: Waker;
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
    return this.#forward(visit, route, intent, route.instances) ?? { kind: 'hold', next: this.#afterWaking(visit, route, intent) };
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
    const { table, waker } = this.#parts;
    const outcome = await waker.awake(app, intent.document ? HOLD_MS.document : HOLD_MS.other);
    if (outcome === 'failed') return page('not-woken');
    const now = table.find(hostname);
    if (!now) return page('not-found');
    if (outcome === 'awake') return this.receive(visit, now);
    const known = pageFor(now.status);
    return page(known === 'starting' || known === 'asleep' ? 'waking' : known);
  }

  #forward(visit: Visit, route: Route, intent: Intent, instances: readonly RouteInstance[]): Resolution | undefined {
    const { pool, affinity, waker, desk } = this.#parts;
    const { facts, rawHeaders, peer } = visit;
    const { document, path } = intent;
    const ofStreamlit = isStreamlit(route.framework);
    const isSticky = profileOf(route.framework).sticky;
    const [own, ...before] = isSticky ? affinity.bound(route.app, facts.cookie).filter((binding) => route.instances.some((instance) => isBoundTo(binding, instance))) : [];
    const tab = ofStreamlit && !document ? affinity.read(route.app, tabToken(facts, rawHeaders)) : undefined;
    const instance = pool.pick(instances, { bound: [tab, own].filter((binding) => binding !== undefined), document });
    if (!instance) return undefined;
    if (intent.isRead && asksHostConfig(route.framework, path)) return { kind: 'answer', answer: hostConfig(`${peer.scheme}://${authorityOf(visit)}`) };

    const more: { -readonly [K in keyof Exchange]?: Exchange[K] } = {};
    if (isSticky && !isBoundTo(own, instance) && !isBoundTo(tab, instance)) more.setCookie = affinity.bind(route.app, own ? [instance, own] : [instance]);
    const wake = instance.state === 'frozen' ? waker.failed(route.app) : undefined;
    if (wake) {
      // The kernel takes the request at once, and the app answers it in the moment it is thawed.
      more.wake = wake;
      more.firstByteMs = document ? HOLD_MS.document : HOLD_MS.other;
    }
    if (ofStreamlit && facts.upgrade) more.target = withoutTabToken(facts.target);
    if (ofStreamlit && intent.isRead && !tab && isOwnPart(path)) {
      const other = route.instances.find((each) => isBoundTo(before[0], each) && each.state !== 'frozen');
      if (other && other.id !== instance.id) more.elsewhere = parseAddress(other.address);
    }
    const exchange = exchangeOf(visit, 'app', parseAddress(instance.address), more);
    if (!ofStreamlit || !document) return { kind: 'forward', exchange, destination: { route, instance } };
    const insertion = desk.insertion(route, instance);
    return { kind: 'forward', exchange: { ...exchange, insertion, headers: askForDocument(exchange.headers, insertion) }, destination: { route, instance } };
  }
}

const page = (name: PageName): Resolution => ({ kind: 'page', page: name });

const withoutFrozen = ({ instances }: Route): RouteInstance[] => instances.filter(({ state }) => state !== 'frozen');
