import type { AppView, DeploymentView } from '@weir/contracts';
import { expect, it } from 'vitest';
import { canRollBack } from './can-roll-back.ts';

const app = { release: { id: 'rel_2' } } as unknown as Pick<AppView, 'release'>;
const deployment = (release: string | null, releaseState: DeploymentView['releaseState']) => ({ release, releaseState }) as DeploymentView;

it('is offered for what is kept, and never for what visitors see now', () => {
  expect(canRollBack(app, deployment('rel_1', 'kept'))).toBe(true);
  expect(canRollBack(app, deployment('rel_1', 'live'))).toBe(true); // it was, when the list was read
  expect(canRollBack(app, deployment('rel_2', 'kept'))).toBe(false);
  for (const state of ['pruned', 'starting'] as const) expect(canRollBack(app, deployment('rel_1', state))).toBe(false);
  expect(canRollBack(app, deployment(null, null))).toBe(false);
  expect(canRollBack({ release: null }, deployment('rel_1', 'kept'))).toBe(false);
});
