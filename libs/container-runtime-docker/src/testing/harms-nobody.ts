import { beforeAll, expect, vi } from 'vitest';
import { connectDocker } from '../client/connect-docker.ts';
import { hostState } from './host-state.ts';
import { leftBehind } from './left-behind.ts';
import { Neighbour } from './neighbour.ts';
import { testInstallations } from './test-installation.ts';

/** What is removed while nobody waits for it must be gone by then. */
const WITHIN = { timeout: 10_000, interval: 200 };

/**
 * Sees to what must hold of a file of attacks, however each of them went: a neighbour answered all the time, nothing is left
 * of what they ran in, and this host is as it was.
 *
 * Called before anything else in the file: what is set up first is taken down last.
 */
export function harmsNobody(): void {
  beforeAll(async () => {
    const before = await hostState();
    const neighbour = await Neighbour.open();
    return async () => {
      expect(await neighbour.close(), 'how a neighbour fared').toEqual({ answers: expect.toSatisfy((count: number) => count > 0), unanswered: [], state: 'running' });
      await vi.waitFor(async () => expect(await leftBehind(connectDocker().calls, testInstallations())).toEqual({}), WITHIN);
      expect(await hostState(), 'this host').toEqual(before);
    };
  });
}
