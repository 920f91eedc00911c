import type { AppView, DeploymentView } from '@weir/contracts';

/**
 * Whether one can go back to what this deployment made live.
 *
 * Which release is live is the app's to say: it changes while a list of deployments stays as it was read.
 */
export const canRollBack = ({ release }: Pick<AppView, 'release'>, deployment: Pick<DeploymentView, 'release' | 'releaseState'>): boolean =>
  release !== null && deployment.release !== null && deployment.release !== release.id && (deployment.releaseState === 'kept' || deployment.releaseState === 'live');
