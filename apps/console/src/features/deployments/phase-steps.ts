import type { DeploymentView } from '@weir/contracts';
import { isPending, PHASES } from '@weir/domain';
import type { Phase } from './deployment-words.ts';

export type StepState = 'done' | 'now' | 'failed' | 'skipped' | 'waiting';

export interface PhaseStep {
  readonly phase: Phase;
  readonly state: StepState;
  /** `null` while it has no time. */
  readonly ms: number | null;
}

/**
 * A deployment's phases in order, each with what became of it.
 *
 * A phase without a time before one that has a time did not happen: a rollback or a
 * cached environment has nothing to do there.
 */
export function phaseSteps(deployment: Pick<DeploymentView, 'status' | 'phase' | 'phases' | 'failure'>): PhaseStep[] {
  const pending = isPending(deployment.status);
  const present = pending ? (deployment.phase ?? 'queued') : null;
  const reached = Math.max(present ? PHASES.indexOf(present) : -1, ...PHASES.map((phase, i) => (deployment.phases[phase] === undefined ? -1 : i)));
  return PHASES.map((phase, i) => ({ phase, ms: deployment.phases[phase] ?? null, state: stateOf(phase, i) }));

  function stateOf(phase: Phase, i: number): StepState {
    if (deployment.status === 'failed' && deployment.failure?.phase === phase) return 'failed';
    if (phase === present) return 'now';
    if (deployment.phases[phase] !== undefined) return 'done';
    return i < reached || !pending ? 'skipped' : 'waiting';
  }
}
