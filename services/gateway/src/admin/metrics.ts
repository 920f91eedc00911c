import { Gauge, Histogram, Registry } from 'prom-client';
import type { ConnectionRefusal } from '../door/front-door.ts';
import type { ProtocolRefusal } from '../door/http-server.ts';
import type { WakeOutcome } from '../instances/waker.ts';
import type { PageName } from '../pages/pages.ts';
import { collectProcessMetrics } from './process-metrics.ts';
import { Tally } from './tally.ts';

/** What was decided about a visit: sent on, sent elsewhere, made to wait, answered by us, or shown a page of ours. */
export type Decided = 'forward' | 'redirect' | 'hold' | 'answer' | PageName;

/** Why something was turned away before or instead of a decision. */
export type Refused = ConnectionRefusal | ProtocolRefusal | 'app-open' | 'too-large';

/** All that the gateway counts of itself, for Prometheus. */
export class Metrics {
  readonly registry = new Registry();
  readonly decisions = new Tally<Decided>(this.registry, { name: 'weir_gateway_decisions_total', help: 'Requests and upgrades by what was decided about them', label: 'outcome' });
  readonly refused = new Tally<Refused>(this.registry, { name: 'weir_gateway_refused_total', help: 'Connections and requests that were turned away, by reason', label: 'reason' });
  readonly #wakes = new Tally<WakeOutcome>(this.registry, { name: 'weir_gateway_wakes_total', help: 'Apps that were woken for a visit', label: 'outcome' });
  readonly #wakeSeconds = new Histogram({ name: 'weir_gateway_wake_seconds', help: 'From a visit to a sleeping app until it serves', buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 120], registers: [this.registry] });

  constructor() {
    collectProcessMetrics(this.registry);
  }

  /** A sleeping app serves, or does not, so long after the visit that asked for it. */
  wakeEnded(outcome: WakeOutcome, tookMs: number): void {
    this.#wakes.add(outcome);
    if (outcome === 'awake') this.#wakeSeconds.observe(tookMs / 1000);
  }

  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
