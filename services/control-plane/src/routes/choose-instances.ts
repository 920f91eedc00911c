import type { RouteInstance } from '@weir/contracts';
import type { Rows } from '@weir/database';
import type { InstanceId, InstanceStatus, ReleaseId } from '@weir/domain';
import { serves } from '../instances/plan-slots.ts';

type Facts = Pick<Rows.Instance, 'id' | 'attempt' | 'releaseId' | 'desired' | 'status' | 'address'>;
type State = RouteInstance['state'];

/** What an instance of the live release may get; `undefined` if it is no such one, or not wanted. */
function stateOf({ desired, status, releaseId }: Facts, liveRelease: string | null): State | undefined {
  if (desired === 'draining') return 'draining';
  if (releaseId !== liveRelease || desired === 'stopped') return undefined;
  return desired === 'frozen' || status === 'frozen' ? 'frozen' : 'serving';
}

/**
 * The instances that may get an app's traffic: those of the live release, newest first, then those that drain.
 *
 * One that is to be frozen counts as frozen at once, and one that is to wake does so until it answers.
 * Beside another that serves, an unhealthy one keeps its browsers and gets no new ones; alone it gets them
 * too, for it may answer some.
 */
export function chooseInstances(instances: readonly Facts[], liveRelease: string | null): RouteInstance[] {
  const found = instances
    .filter(({ status, address }) => address !== null && serves(status as InstanceStatus))
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .flatMap((instance) => {
      const state = stateOf(instance, liveRelease);
      return state ? [{ instance, state }] : [];
    });
  const others = found.some(({ instance, state }) => state === 'serving' && instance.status === 'healthy');
  return found
    .map(({ instance, state }) => ({
      id: instance.id as InstanceId,
      attempt: instance.attempt,
      release: instance.releaseId as ReleaseId,
      address: instance.address ?? '',
      state: others && instance.status === 'unhealthy' ? ('draining' as const) : state,
    }))
    .toSorted((a, b) => Number(a.state === 'draining') - Number(b.state === 'draining'));
}
