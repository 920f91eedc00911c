import type { DeploymentView } from '@weir/contracts';
import { inLine, PHASES } from '@weir/domain';

const REASONS: Record<DeploymentView['reason'], string> = { deploy: 'Deployed', push: 'Pushed', redeploy: 'Redeployed', settings: 'Settings changed', rollback: 'Rolled back', rebuild: 'Rebuilt' };

/** "Pushed by ada", "Rolled back to release 3 by ada". */
export const causeWords = ({ reason, actor, releaseNumber }: Pick<DeploymentView, 'reason' | 'actor' | 'releaseNumber'>): string =>
  `${REASONS[reason]}${reason === 'rollback' && releaseNumber !== null ? ` to release ${releaseNumber}` : ''} by ${actor.name}`;

/** "release 3", and whether its image is gone; nothing where a deployment came to none. */
export const releaseWords = ({ releaseNumber, releaseState, liveAt }: Pick<DeploymentView, 'releaseNumber' | 'releaseState' | 'liveAt'>): string | null =>
  releaseNumber === null || liveAt === null ? null : `release ${releaseNumber}${releaseState === 'pruned' ? ', not kept any more' : ''}`;

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

/** What a deployment does in the phase it is in: "Waiting for a free builder, 2nd in line". */
export const doingWords = (phase: Phase, { queuePosition }: Pick<DeploymentView, 'queuePosition'>): string =>
  `${PHASE_WORDS[phase].doing}${queuePosition === null ? '' : `, ${inLine(queuePosition)}`}`;
