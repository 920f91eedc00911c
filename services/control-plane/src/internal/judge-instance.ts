import type { InstanceReport } from '@weir/contracts';
import { CRASH_WINDOW_MS, CRASHES_BEFORE_GIVING_UP, type InstanceDesired, type InstanceStatus, restartDelayMs } from '@weir/domain';

export interface InstanceFacts {
  readonly desired: InstanceDesired;
  readonly status: InstanceStatus;
  readonly attempt: number;
  /** Whether its deployment waits for it to become healthy. */
  readonly deploying: boolean;
}

/**
 * What a report of an instance leads to.
 *
 * `void`: of an older attempt. `note`: nothing but the status changes. `promote`: it may
 * serve. `fail`: its deployment fails with it. `restart`: it ended although it is wanted.
 * `end`: it is gone as it should be.
 */
export type InstanceVerdict = 'void' | 'note' | 'promote' | 'fail' | 'restart' | 'end';

export function judgeInstance(facts: InstanceFacts, { attempt, status }: Pick<InstanceReport, 'attempt' | 'status'>): InstanceVerdict {
  if (attempt !== facts.attempt) return 'void';
  const over = status === 'stopped' || status === 'crashed' || status === 'failed';
  if (facts.status === 'stopped') return over ? 'end' : 'void';
  if (!over) return status === 'healthy' && facts.desired === 'running' ? 'promote' : 'note';
  if (facts.desired !== 'running' || facts.status === 'crashed') return 'end'; // a draining one is not brought back
  return facts.deploying ? 'fail' : 'restart';
}

export interface Restart {
  /** When each of the crashes within the window happened, RFC 3339. */
  readonly crashes: string[];
  /** When to start again; `null`: it crashed too often, a person must look. */
  readonly startAfter: Date | null;
}

/** When an app that crashed starts again: after 1, 2, 4 … 60 s, and not any more after too many crashes within the window. */
export function planRestart(earlier: readonly string[], now: Date): Restart {
  const since = now.getTime() - CRASH_WINDOW_MS;
  const crashes = [...earlier.filter((at) => Date.parse(at) > since), now.toISOString()];
  const startAfter = crashes.length >= CRASHES_BEFORE_GIVING_UP ? null : new Date(now.getTime() + restartDelayMs(crashes.length));
  return { crashes, startAfter };
}
