import type { AppView } from '@weir/contracts';

/** How many of an app's replicas serve: `2 of 3`. */
export const running = ({ instances, release, replicas }: AppView): string =>
  `${instances.filter((one) => one.release === release?.id && one.desired === 'running' && (one.status === 'healthy' || one.status === 'unhealthy')).length} of ${replicas}`;
