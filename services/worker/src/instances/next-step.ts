import type { DesiredInstance } from '@weir/contracts';
import type { ObservedInstance } from '@weir/container-runtime';

/** What has to happen to one instance, given what is wanted and what is there. */
export type Step =
  | { readonly do: 'start'; readonly desired: DesiredInstance }
  | { readonly do: 'wait'; readonly untilMs: number }
  | { readonly do: 'keep'; readonly desired: DesiredInstance; readonly observed: ObservedInstance }
  | { readonly do: 'freeze'; readonly desired: DesiredInstance }
  | { readonly do: 'thaw'; readonly desired: DesiredInstance }
  /** Its process ended by itself. */
  | { readonly do: 'report-end'; readonly desired: DesiredInstance; readonly observed: ObservedInstance }
  | { readonly do: 'stop'; readonly desired: DesiredInstance; readonly observed: ObservedInstance }
  | { readonly do: 'report-stopped'; readonly desired: DesiredInstance }
  | { readonly do: 'nothing' };

/**
 * The step that brings an instance nearer to what is wanted. It depends on nothing
 * else, so it is right again after any crash.
 */
export function nextStep(desired: DesiredInstance, observed: ObservedInstance | undefined, nowMs: number): Step {
  if (desired.desired === 'stopped') return observed ? { do: 'stop', desired, observed } : { do: 'report-stopped', desired };
  if (observed && observed.attempt > desired.attempt) return { do: 'nothing' }; // our snapshot is older than what another one already did
  if (observed?.attempt === desired.attempt) {
    const isFrozen = observed.state === 'frozen';
    if (isFrozen || observed.state === 'running') {
      const shallFreeze = desired.desired === 'frozen';
      return isFrozen === shallFreeze ? { do: 'keep', desired, observed } : { do: shallFreeze ? 'freeze' : 'thaw', desired };
    }
    if (observed.state === 'ended') return { do: 'report-end', desired, observed };
  }
  // What a draining one served is gone with its sockets, and what does not run has nothing to freeze: neither is started for it.
  if (desired.desired !== 'running') return observed ? { do: 'stop', desired, observed } : { do: 'report-stopped', desired };
  const startAtMs = desired.startAfter ? Date.parse(desired.startAfter) : 0;
  return startAtMs > nowMs ? { do: 'wait', untilMs: startAtMs } : { do: 'start', desired };
}
