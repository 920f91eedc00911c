import type { RouteInstance } from '@weir/contracts';
import type { Rows } from '@weir/database';
import type { InstanceId, ReleaseId } from '@weir/domain';

type Facts = Pick<Rows.Instance, 'id' | 'attempt' | 'releaseId' | 'desired' | 'status' | 'address'>;

const serves = ({ status, address }: Facts): boolean => address !== null && (status === 'healthy' || status === 'unhealthy');

/**
 * The instances that may get an app's traffic: one of the live release for new documents, and those that drain.
 *
 * A healthy one comes before an unhealthy one, and a newer before an older; an
 * unhealthy one alone still gets requests, for it may answer some.
 */
export function chooseInstances(instances: readonly Facts[], liveRelease: string | null): RouteInstance[] {
  const serving = instances.filter(serves);
  const [primary] = serving
    .filter(({ desired, releaseId }) => desired === 'running' && releaseId === liveRelease)
    .toSorted((a, b) => Number(b.status === 'healthy') - Number(a.status === 'healthy') || (a.id < b.id ? 1 : -1));
  const draining = serving.filter(({ desired }) => desired === 'draining').toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return [...(primary ? [primary] : []), ...draining].map((instance) => ({
    id: instance.id as InstanceId,
    attempt: instance.attempt,
    release: instance.releaseId as ReleaseId,
    address: instance.address ?? '',
    state: instance.desired === 'draining' ? 'draining' : 'serving',
  }));
}
