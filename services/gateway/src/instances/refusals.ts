import type { RouteInstance } from '@weir/contracts';
import type { InstanceId } from '@weir/domain';
import type { Binding } from './instance-pool.ts';

/** Until a process is tried again that took no connection: routes that name the dead may stay for ever. */
const AVOIDED_MS = 2_000;

/** Processes at whose address nobody listened, a moment ago. */
export class Refusals {
  /** The earliest comes first: all are remembered equally long. */
  readonly #refused = new Map<InstanceId, { readonly attempt: number; readonly untilMs: number }>();

  get isEmpty(): boolean {
    return this.#refused.size === 0;
  }

  note({ id, attempt }: Binding, nowMs: number): void {
    this.#refused.delete(id);
    this.#refused.set(id, { attempt, untilMs: nowMs + AVOIDED_MS });
  }

  /** Those of one app's instances that did not refuse; all of them if none of those serves. */
  avoid(instances: readonly RouteInstance[], nowMs: number): readonly RouteInstance[] {
    for (const [id, { untilMs }] of this.#refused) {
      if (untilMs > nowMs) break;
      this.#refused.delete(id);
    }
    if (instances.length < 2) return instances;
    const others = instances.filter(({ id, attempt }) => this.#refused.get(id)?.attempt !== attempt);
    return others.some(({ state }) => state === 'serving') ? others : instances;
  }
}
