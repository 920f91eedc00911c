import type { Order } from './order.ts';
import type { Tally } from './tally.ts';

/** Something a load client does again and again. */
export interface Doing {
  /** Begins one unit, and tells the tally when it begins and ends. */
  begin(dueAt: number): void;
  close(): void;
}

export type Opens = (order: Order, tally: () => Tally) => Promise<Doing>;

/** Gives the next of a list, for ever. */
export function inTurn<T>(list: readonly T[]): () => T {
  let i = 0;
  return () => {
    const next = list[i++ % list.length];
    if (next === undefined) throw new RangeError('an empty list has no turns');
    return next;
  };
}
