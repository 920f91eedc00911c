import { PHASES, type PhaseTimes } from '@weir/domain';

/** Adds what a report tells of finished phases. Names that are no phases and times that are none are left out. */
export function mergePhases(known: unknown, finished: Readonly<Record<string, number | undefined>>): PhaseTimes {
  const merged: PhaseTimes = { ...(known as PhaseTimes) };
  for (const phase of PHASES) {
    const ms = finished[phase];
    if (ms !== undefined && Number.isFinite(ms) && ms >= 0) merged[phase] = Math.round(ms);
  }
  return merged;
}
