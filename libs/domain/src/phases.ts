/** What a deployment spends its time on, in order. A phase that did not happen has no time. */
export const PHASES = ['queued', 'fetch', 'plan', 'environment', 'image', 'start', 'healthy', 'routed'] as const;
export type Phase = (typeof PHASES)[number];

/** Milliseconds a deployment spent in each phase so far. */
export type PhaseTimes = Partial<Record<Phase, number>>;
