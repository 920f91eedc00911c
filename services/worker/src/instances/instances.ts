import type { InstancesSnapshot } from '@weir/contracts';
import type { HostProblem } from '@weir/domain';
import type { FenceState } from './fence.ts';
import type { Parts } from './parts.ts';
import { Reconciler } from './reconciler.ts';

const LOOK_EVERY_MS = 2000;
const SWEEP_EVERY_MS = 5000;
const FENCE_EVERY_MS = 15_000;
/** While apps wait for it. */
const FENCE_RETRY_MS = 5000;
/** What was wanted longer ago is no ground to remove anything on. */
const FRESH_MS = 30_000;

/** How well this host keeps apps apart. */
export interface InstancesStatus {
  readonly fence: FenceState;
  /** Whether secrets lie on memory only. */
  readonly secretsOnMemory: boolean;
}

/** Runs this host's share of the wanted instances from start to close. */
export class Instances {
  readonly #stop = new AbortController();
  readonly #reconciler: Reconciler;
  readonly #loops: Promise<void>[] = [];
  #snapshot: { readonly value: InstancesSnapshot; readonly atMs: number } | undefined;
  #secretsOnMemory = false;

  constructor(private readonly parts: Parts) {
    this.#reconciler = new Reconciler(parts, this.#stop.signal);
  }

  get status(): InstancesStatus {
    return { fence: this.parts.fence.state, secretsOnMemory: this.#secretsOnMemory };
  }

  /** What the operator of this host must know. */
  get problems(): HostProblem[] {
    const { problem } = this.parts.fence;
    return problem ? [problem] : [];
  }

  /** No app starts before the fence is proven to stand; what runs already is looked after meanwhile. */
  async start(): Promise<void> {
    const { logger, secrets } = this.parts;
    this.#secretsOnMemory = await secrets.prepare();
    if (!this.#secretsOnMemory) logger.warn('secrets folder is not on memory');
    this.#loops.push(this.#holdFence(), this.#followFeed(), this.#followEvents(), this.#every(LOOK_EVERY_MS, () => this.#reconciler.look()), this.#every(SWEEP_EVERY_MS, () => this.#sweep()));
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
    await this.parts.fence.close();
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

  /** Apps that waited for it start at once. */
  async #holdFence(): Promise<void> {
    const { fence, clock } = this.parts;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await fence.hold();
      if (fence.mayStart) void this.#reconciler.look();
      await clock.wait(fence.mayStart ? FENCE_EVERY_MS : FENCE_RETRY_MS, signal);
    }
  }

  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    for (await this.parts.clock.wait(ms, signal); !signal.aborted; await this.parts.clock.wait(ms, signal)) {
      await work().catch((error: unknown) => this.parts.logger.warn({ err: error }, 'instances housekeeping failed'));
    }
  }
}
