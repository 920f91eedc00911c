import type { CreateApp, UpdateApp } from '@weir/contracts';

/** Those that are given: what is not stays as it is. */
export const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** How an app's instances are run, as columns. */
export const runColumns = ({ replicas, drainSeconds, sleep }: Pick<CreateApp | UpdateApp, 'replicas' | 'drainSeconds' | 'sleep'>) =>
  given({ replicas, drainSeconds, freezeAfter: sleep?.freezeAfterMinutes, stopAfter: sleep?.stopAfterMinutes });
