import { describe, expect, it } from 'vitest';
import { phaseSteps } from './phase-steps.ts';

const states = (deployment: Parameters<typeof phaseSteps>[0]): Record<string, string> => Object.fromEntries(phaseSteps(deployment).map(({ phase, state }) => [phase, state]));

describe('the phases of a deployment', () => {
  it('shows the one it is in, those before and those to come', () => {
    const shown = states({ status: 'building', phase: 'environment', phases: { queued: 12, fetch: 800, plan: 40 }, failure: null });
    expect(shown).toMatchObject({ queued: 'done', plan: 'done', environment: 'now', image: 'waiting', routed: 'waiting' });
  });

  it('names the phase that failed and leaves the rest as not done', () => {
    const failure = { code: 'build.package_not_found', phase: 'environment', message: '', hint: null, excerpt: null } as const;
    expect(states({ status: 'failed', phase: null, phases: { queued: 1, fetch: 2, plan: 3, environment: 900 }, failure })).toMatchObject({ plan: 'done', environment: 'failed', image: 'skipped' });
  });

  it('shows what a restart did not need as skipped', () => {
    expect(states({ status: 'starting', phase: 'start', phases: { queued: 1 }, failure: null })).toMatchObject({ fetch: 'skipped', image: 'skipped', start: 'now', routed: 'waiting' });
  });
});
