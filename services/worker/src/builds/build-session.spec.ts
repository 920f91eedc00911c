import { newId } from '@weir/domain';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { BuildOrder } from './build-reports.ts';
import { BuildSession, BuildStopped } from './build-session.ts';
import { InMemoryBuildReports } from './in-memory-build-reports.ts';

const BUILT = { kind: 'built', image: 'sha256:1' } as never;

describe('what a build came to', () => {
  const order = { deployment: newId('deployment', Date.now(), randomBytes(16)), attempt: 1 } as BuildOrder;
  let session: BuildSession;
  afterEach(() => session.close());
  const begin = (): { reports: InMemoryBuildReports; outer: AbortController } => {
    const [reports, outer] = [new InMemoryBuildReports(), new AbortController()];
    session = new BuildSession(order, reports, outer.signal);
    return { reports, outer };
  };

  it('counts once it has arrived, also where the build is stopped after that', async () => {
    const { reports, outer } = begin();
    session.tell(BUILT);
    await session.told();
    outer.abort(new Error('the worker closes'));
    expect(await session.told()).toBe(true);
    expect(reports.find('built')).toBeDefined();
  });

  it('does not count where the build was stopped before it was told', async () => {
    const { reports, outer } = begin();
    outer.abort(new Error('the worker closes'));
    session.tell(BUILT);
    expect(await session.told()).toBe(false);
    expect(reports.find('built')).toBeUndefined();
    expect(() => session.signal.throwIfAborted()).toThrow('the worker closes');
  });

  it('does not count where an earlier report was answered with a stop', async () => {
    const { reports } = begin();
    reports.stop(order.deployment);
    session.tell({ kind: 'phase', phase: 'image', finished: {} });
    session.tell(BUILT);
    expect(await session.told()).toBe(false);
    expect(() => session.signal.throwIfAborted()).toThrow(BuildStopped);
  });

  it('does not count where it was itself answered with a stop', async () => {
    const { reports } = begin();
    reports.stop(order.deployment);
    session.tell(BUILT);
    expect(await session.told()).toBe(false);
    expect(session.isStopped).toBe(true);
  });
});
