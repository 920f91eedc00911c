import type { Route, RouteInstance } from '@weir/contracts';
import type { Affinity } from '../instances/affinity.ts';
import { valuesOf } from '../request/values-of.ts';
import { insertionOf, type Insertion } from './insertion.ts';
import { jsonAnswer, type OwnAnswer } from './own-answer.ts';
import { TAB_SCRIPT, TAB_SCRIPT_PATH, TAB_SCRIPT_URL } from './tab-script.ts';

const SCRIPT_HEADERS = { 'Content-Type': 'text/javascript; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
const FOR_EVER: OwnAnswer = { headers: { ...SCRIPT_HEADERS, 'Cache-Control': 'public, max-age=31536000, immutable' }, body: TAB_SCRIPT };
const FOR_NOW: OwnAnswer = { headers: { ...SCRIPT_HEADERS, 'Cache-Control': 'no-cache' }, body: TAB_SCRIPT };

/** Tells open tabs what they are bound to, and what their app is now. */
export class TabDesk {
  readonly #affinity: Affinity;
  /** By the instance as the routes have it, so that they go when it does. */
  readonly #insertions = new WeakMap<RouteInstance, Insertion>();

  constructor(affinity: Affinity) {
    this.#affinity = affinity;
  }

  /** What a document of this instance begins with: the script, and whose session the tab's will be. */
  insertion({ app }: Route, instance: RouteInstance): Insertion {
    const known = this.#insertions.get(instance);
    if (known) return known;
    const insertion = insertionOf(`<script src="${TAB_SCRIPT_URL}" data-tab="${this.#affinity.token(app, instance)}" data-release="${instance.release}"></script>`);
    this.#insertions.set(instance, insertion);
    return insertion;
  }

  /** The script; none for a service worker, which would stand between the app and us. */
  script(target: string, rawHeaders: readonly string[]): OwnAnswer | undefined {
    if (valuesOf(rawHeaders, 'service-worker').length > 0) return undefined;
    return target === TAB_SCRIPT_URL ? FOR_EVER : FOR_NOW;
  }

  /** What `tab.js` asks for: where this tab's next socket will lead. */
  state({ app }: Route, instance: RouteInstance | undefined, asleep: boolean): OwnAnswer {
    if (instance) return jsonAnswer({ state: 'serving', tab: this.#affinity.token(app, instance), release: instance.release });
    return jsonAnswer({ state: asleep ? 'asleep' : 'none' });
  }
}

export const TAB_STATE_PATH = '/_weir/tab';
export { TAB_SCRIPT_PATH };
