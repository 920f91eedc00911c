import type { Firewall, FirewallState } from '@weir/container-runtime-docker';
import type { InstancesSnapshot } from '@weir/contracts';
import type { Parts } from './parts.ts';
import { Reconciler } from './reconciler.ts';

const LOOK_EVERY_MS = 2000;
const SWEEP_EVERY_MS = 5000;
const FIREWALL_EVERY_MS = 15_000;
/** What was wanted longer ago is no ground to remove anything on. */
const FRESH_MS = 30_000;

/** How well this host keeps apps apart; shown in `weir status`. */
export interface InstancesStatus {
  readonly firewall: FirewallState | { readonly status: 'pending' };
  /** Whether secrets lie on memory only. */
  readonly secretsOnMemory: boolean;
}

/** Runs this host's share of the wanted instances from start to close. */
export class Instances {
  readonly #stop = new AbortController();
  readonly #reconciler: Reconciler;
  readonly #loops: Promise<void>[] = [];
  #snapshot: { readonly value: InstancesSnapshot; readonly atMs: number } | undefined;
  #status: InstancesStatus = { firewall: { status: 'pending' }, secretsOnMemory: false };

  constructor(private readonly parts: Parts, private readonly firewall: Pick<Firewall, 'assert'>) {
    this.#reconciler = new Reconciler(parts, this.#stop.signal);
  }

  get status(): InstancesStatus {
    return this.#status;
  }

  /** The fence stands before the first app starts. */
  async start(): Promise<void> {
    const { logger, secrets } = this.parts;
    const secretsOnMemory = await secrets.prepare();
    if (!secretsOnMemory) logger.warn('secrets folder is not on memory');
    this.#status = { ...this.#status, secretsOnMemory };
    await this.#assertFirewall();
    this.#loops.push(this.#followFeed(), this.#followEvents(), this.#every(LOOK_EVERY_MS, () => this.#reconciler.look()), this.#every(SWEEP_EVERY_MS, () => this.#sweep()), this.#every(FIREWALL_EVERY_MS, () => this.#assertFirewall()));
  }

  /** Those of these images that this host does not have. */
  missingImages(images: readonly string[]): Promise<string[]> {
    return this.parts.runtime.missingImages(images);
  }

  /** Stops looking; instances run on and are found again. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#reconciler.close();
    await Promise.all(this.#loops);
  }

  async #followFeed(): Promise<void> {
    for await (const value of this.parts.feed.watch(this.#stop.signal)) {
      this.#snapshot = { value, atMs: this.parts.clock.now() };
      void this.#reconciler.want(value);
    }
  }

  async #followEvents(): Promise<void> {
    for await (const event of this.parts.runtime.watch(this.#stop.signal)) {
      void this.#reconciler.onEvent(event).catch((error: unknown) => this.parts.logger.warn({ err: error }, 'instance event not followed'));
    }
  }

  async #sweep(): Promise<void> {
    if (!this.#snapshot || this.parts.clock.now() - this.#snapshot.atMs > FRESH_MS) return;
    const { apps, images, discarded, instances } = this.#snapshot.value;
    const running = (await this.parts.runtime.list()).map(({ id }) => id);
    await this.parts.secrets.sweep(new Set([...running, ...instances.map(({ id }) => id)]));
    const { freedBytes, ...swept } = await this.parts.runtime.sweep({ apps, images, discarded });
    if (swept.networks.length + swept.images.length > 0) this.parts.logger.info({ ...swept, freedMib: Math.round(freedBytes / 2 ** 20) }, 'garbage removed');
  }

  async #assertFirewall(): Promise<void> {
    const before = this.#status.firewall.status;
    const firewall = await this.firewall.assert();
    if (firewall.status !== before) this.parts.logger[firewall.status === 'unavailable' ? 'warn' : 'info'](firewall, 'firewall');
    this.#status = { ...this.#status, firewall };
  }

  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    for (await this.parts.clock.wait(ms, signal); !signal.aborted; await this.parts.clock.wait(ms, signal)) {
      await work().catch((error: unknown) => this.parts.logger.warn({ err: error }, 'instances housekeeping failed'));
    }
  }
}
