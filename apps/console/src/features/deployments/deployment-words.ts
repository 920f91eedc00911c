import type { DeploymentView } from '@weir/contracts';
import { PHASES } from '@weir/domain';

const REASONS: Record<DeploymentView['reason'], string> = { deploy: 'Deployed', push: 'Pushed', redeploy: 'Redeployed', settings: 'Settings changed' };

/** "Pushed by ada". */
export const causeWords = ({ reason, actor }: Pick<DeploymentView, 'reason' | 'actor'>): string => `${REASONS[reason]} by ${actor.name}`;

/** Milliseconds of all phases that have a time. */
export const totalMs = (deployment: DeploymentView): number => PHASES.reduce((sum, phase) => sum + (deployment.phases[phase] ?? 0), 0);

export type Phase = (typeof PHASES)[number];

export const PHASE_WORDS: Record<Phase, { label: string; doing: string }> = {
  queued: { label: 'Queued', doing: 'Waiting for a free builder' },
  fetch: { label: 'Fetch', doing: 'Fetching the commit' },
  plan: { label: 'Plan', doing: 'Reading what the repository needs' },
  environment: { label: 'Environment', doing: 'Installing Python and packages' },
  image: { label: 'Image', doing: 'Putting environment and source together' },
  start: { label: 'Start', doing: 'Starting an instance' },
  healthy: { label: 'Health', doing: 'Waiting until the app answers' },
  routed: { label: 'Route', doing: 'Sending visitors to the new release' },
};
