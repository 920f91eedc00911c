import type { AppView } from '@weir/contracts';

/** How many sessions are open, in all of an app's instances. */
export const liveSessions = ({ instances }: Pick<AppView, 'instances'>): number => instances.reduce((sum, { sockets }) => sum + sockets, 0);
