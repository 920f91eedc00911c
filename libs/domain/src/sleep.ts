/** How deep an app sleeps: a frozen one wakes in less than a second, a stopped one gives its memory back. */
export const SLEEP_DEPTHS = ['awake', 'frozen', 'stopped'] as const;
export type SleepDepth = (typeof SLEEP_DEPTHS)[number];

/** After how many minutes without a live session an app is frozen, and stopped. `null`: never. */
export interface SleepPolicy {
  readonly freezeAfterMinutes: number | null;
  readonly stopAfterMinutes: number | null;
}

/** Twelve hours as on Community Cloud; the memory is given back after a day. */
export const DEFAULT_SLEEP_POLICY: SleepPolicy = { freezeAfterMinutes: 12 * 60, stopAfterMinutes: 24 * 60 };

const MINUTE_MS = 60_000;

const isOver = (limitMinutes: number | null, idleMs: number): boolean => limitMinutes !== null && idleMs >= limitMinutes * MINUTE_MS;

/** How deep an app sleeps that nobody has used for `idleMs`. */
export function sleepDepth({ freezeAfterMinutes, stopAfterMinutes }: SleepPolicy, idleMs: number): SleepDepth {
  if (isOver(stopAfterMinutes, idleMs)) return 'stopped';
  return isOver(freezeAfterMinutes, idleMs) ? 'frozen' : 'awake';
}

/** Sockets of an old release may live on for so long, in seconds. */
export const DEFAULT_DRAIN_SECONDS = 15 * 60;
export const MOST_REPLICAS = 20;
