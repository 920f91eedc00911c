import { IllegalTransition } from './errors.ts';

export const DEPLOYMENT_STATUSES = ['queued', 'building', 'starting', 'live', 'superseded', 'failed', 'cancelled'] as const;
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number];

/** Every legal move, in one table. A status with no exits is terminal. */
const EXITS: Record<DeploymentStatus, readonly DeploymentStatus[]> = {
  queued: ['building', 'starting', 'superseded', 'cancelled', 'failed'], // a rollback or a restart has nothing to build
  building: ['starting', 'superseded', 'cancelled', 'failed'],
  starting: ['live', 'superseded', 'cancelled', 'failed'],
  live: ['superseded'],
  superseded: [],
  failed: [],
  cancelled: [],
};

/**
 * Moves a deployment forward.
 *
 * Repeating the move a deployment has already made is not an error: workers
 * report at least once, so the same report may arrive twice.
 */
export function advance(from: DeploymentStatus, to: DeploymentStatus): DeploymentStatus {
  if (from === to) return from;
  if (!EXITS[from].includes(to)) throw new IllegalTransition(from, to);
  return to;
}

/** The statuses from which a deployment may move to `to`: what a compare-and-set update may find. */
export const statusesBefore = (to: DeploymentStatus): DeploymentStatus[] => DEPLOYMENT_STATUSES.filter((from) => EXITS[from].includes(to));

/** Still on its way: it may yet become live. */
export const isPending = (status: DeploymentStatus): boolean => EXITS[status].includes('failed');

export const PENDING_STATUSES = DEPLOYMENT_STATUSES.filter(isPending);
