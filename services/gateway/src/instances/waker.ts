import { EventEmitter, setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Route } from '@weir/contracts';
import type { AccessRoute, AppId } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import type { RouteTable } from '../routing/route-table.ts';

/** Who wakes apps: the control plane. Returns when it was asked, not when the app is awake. */
export interface WakeSink {
  wake(app: AppId): Promise<void>;
}

export type WakeOutcome = 'awake' | 'late' | 'failed';

/** Before that, nobody waits any longer for an app that does not come. */
const GIVE_UP_MS = 60_000;
const ASK_MS = 5_000;

/** One waking of one app, however many visitors wait for it. */
class Wake {
  readonly startedAt = performance.now();
  readonly failed = new AbortController();
  readonly ended = Promise.withResolvers<WakeOutcome>();

  constructor(readonly hostname: string, readonly limit: NodeJS.Timeout) {
    setMaxListeners(0, this.failed.signal); // as many as there are visitors
  }
}

/** Wakes apps, and knows which are waking. Emits `ended` once for each waking, with how long it took. */
export class Waker extends EventEmitter<{ ended: [app: AppId, outcome: WakeOutcome, ms: number] }> {
  readonly #table: RouteTable;
  readonly #sink: WakeSink;
  readonly #log: Logger;
  readonly #wakes = new Map<AppId, Wake>();

  constructor(table: RouteTable, sink: WakeSink, log: Logger) {
    super();
    this.#table = table;
    this.#sink = sink;
    this.#log = log;
    table.on('applied', () => this.#look());
  }

  sleepOf({ app, status, instances }: Route): AccessRoute['sleep'] {
    if (instances.some(({ state }) => state === 'serving')) return 'awake';
    if (this.#wakes.has(app)) return 'waking';
    return status === 'asleep' || instances.some(({ state }) => state === 'frozen') ? 'asleep' : 'awake';
  }

  /** Asks the control plane, unless that was done already. */
  wake({ app, hostname }: Pick<Route, 'app' | 'hostname'>): void {
    if (this.#wakes.has(app)) return;
    const wake = new Wake(hostname, setTimeout(() => this.#end(app, wake, 'late'), GIVE_UP_MS).unref());
    this.#wakes.set(app, wake);
    void this.#ask(app, wake);
  }

  /** Aborted when the waking that is under way fails. */
  failed(app: AppId): AbortSignal | undefined {
    return this.#wakes.get(app)?.failed.signal;
  }

  /** Waits for the waking that is under way, at most so long. */
  async awake(app: AppId, limitMs: number): Promise<WakeOutcome> {
    const wake = this.#wakes.get(app);
    if (!wake) return 'late';
    const limit = new AbortController();
    const late = delay(limitMs, 'late' as const, { ref: false, signal: limit.signal }).catch(() => 'late' as const);
    return Promise.race([wake.ended.promise, late]).finally(() => limit.abort());
  }

  async #ask(app: AppId, wake: Wake): Promise<void> {
    try {
      await Promise.race([this.#sink.wake(app), delay(ASK_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('no answer to a wake')))]);
    } catch (error) {
      this.#log.warn({ err: error, app }, 'app.not_woken');
      this.#end(app, wake, 'failed');
    }
  }

  #look(): void {
    for (const [app, wake] of this.#wakes) {
      const route = this.#table.find(wake.hostname);
      if (route?.instances.some(({ state }) => state === 'serving')) this.#end(app, wake, 'awake');
      else if (!route || route.status === 'stopped' || route.status === 'crashed' || route.status === 'failed') this.#end(app, wake, 'late');
    }
  }

  #end(app: AppId, wake: Wake, outcome: WakeOutcome): void {
    if (this.#wakes.get(app) !== wake) return;
    this.#wakes.delete(app);
    clearTimeout(wake.limit);
    const ms = Math.round(performance.now() - wake.startedAt);
    this.#log.info({ app, outcome, ms }, 'app.wake_ended');
    wake.ended.resolve(outcome);
    if (outcome === 'failed') wake.failed.abort();
    this.emit('ended', app, outcome, ms);
  }
}
