import type { InstanceStatus } from '@weir/domain';

/** An instance of the live release that is wanted. Ids sort by age. */
export interface SlotFacts {
  readonly id: string;
  readonly slot: number;
  readonly status: InstanceStatus;
}

/**
 * How far an app's slots are to be filled.
 *
 * `fill`: those that have nothing. `mend`: those, too, whose instance was given up. `renew`: all of them;
 * what serves goes on until the fresh one of its slot is healthy.
 */
export type SlotAsk = 'fill' | 'mend' | 'renew';

export interface SlotPlan {
  /** Slots that get a fresh instance. */
  readonly add: readonly number[];
  /** Instances that are not wanted any more. */
  readonly retire: readonly string[];
}

/** Whether it has a server that answers, or that would once it is woken. */
export const serves = (status: InstanceStatus): boolean => status === 'healthy' || status === 'unhealthy' || status === 'frozen';

const hasEnded = (status: InstanceStatus): boolean => status === 'crashed' || status === 'failed' || status === 'stopped';

const FILLS: Record<SlotAsk, (status: InstanceStatus) => boolean> = { fill: () => true, mend: (status) => !hasEnded(status), renew: () => false };
const MAY_STAY: Record<SlotAsk, (status: InstanceStatus) => boolean> = { ...FILLS, renew: serves };

/** Which instances to add and to retire, so that each slot below `replicas` has one and no other slot has any. */
export function planSlots(instances: readonly SlotFacts[], replicas: number, ask: SlotAsk): SlotPlan {
  const add: number[] = [];
  const retire = instances.filter(({ slot }) => slot >= replicas);
  for (let slot = 0; slot < replicas; slot++) {
    const newestFirst = instances.filter((each) => each.slot === slot).toSorted((a, b) => (a.id < b.id ? 1 : -1));
    const successor = newestFirst.findIndex(({ status }) => status === 'healthy');
    const present = successor === -1 ? newestFirst : newestFirst.slice(0, successor + 1);
    retire.push(...newestFirst.slice(present.length), ...present.filter(({ status }) => !MAY_STAY[ask](status)));
    if (!present.some(({ status }) => FILLS[ask](status))) add.push(slot);
  }
  return { add, retire: retire.map(({ id }) => id) };
}
