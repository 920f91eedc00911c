import type { AppView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { exited } from '../internal/testing/pretend-worker.ts';
import { openPlane } from '../testing/open-plane.ts';
import { stopOrphans } from './sweep-instances.ts';

const { plane, owner, worker } = await openPlane();

/** The status that a gateway, which waits for changes, learns of from this move; `undefined` if nobody tells it. */
async function toldBy(app: AppView, act: () => Promise<unknown>): Promise<string | undefined> {
  const { cursor } = await worker.routes(-1, 0);
  await act();
  const after = await worker.routes(cursor, 0);
  return after.cursor > cursor ? after.routes.find((route) => route.app === app.id)?.status : undefined;
}
const failure = { code: 'build.package_not_found', phase: 'environment', message: 'No such package.', hint: null, excerpt: null } as const;

describe('a move that changes what is routed', () => {
  it('is told when an app is stopped', async () => {
    const { app } = await worker.liveApp(owner);
    expect(await toldBy(app, () => owner.call('POST', `/apps/${app.id}/stop`))).toBe('stopped');
  });

  it('is told to the gateway on the way of a first deployment', async () => {
    const app = await owner.app();
    let id = '';
    expect(await toldBy(app, async () => ({ id } = await owner.deploy(app.id)))).toBe('deploying');
    const instance = await worker.build(id);
    expect(await toldBy(app, () => worker.see(instance, 'healthy'))).toBe('live');
  });

  it('is told when a first deployment is cancelled or fails', async () => {
    const app = await owner.app();
    const { id } = await owner.deploy(app.id);
    expect(await toldBy(app, () => owner.call('POST', `/deployments/${id}/cancel`))).toBe('cancelled');
    const { id: next } = await owner.deploy(app.id);
    const attempt = await worker.claim(next);
    expect(await toldBy(app, () => worker.reportBuild(next, { kind: 'failed', attempt, failure, finished: {} }))).toBe('failed');
  });

  it('stops the instances that a deployment had started, and tells the workers', async () => {
    const app = await owner.app();
    const { id } = await owner.deploy(app.id);
    const instance = await worker.build(id);
    const { cursor } = await worker.instances(-1, 0);
    await owner.deploy(app.id);
    const told = await worker.instances(cursor, 0);
    expect(told.cursor).toBeGreaterThan(cursor);
    expect(await worker.wanted(instance.id)).toMatchObject({ desired: 'stopped' });
    expect(told.discarded, 'nobody waits for its image any more').toContain(instance.image);
  });
});

describe('a stopped app that is deployed', () => {
  const stopped = async () => {
    const { app } = await worker.liveApp(owner);
    await owner.call('POST', `/apps/${app.id}/stop`);
    return { app, id: (await owner.deploy(app.id)).id };
  };
  const appNow = async ({ id }: AppView) => (await owner.call<AppView>('GET', `/apps/${id}`)).body;

  it('runs again once its new release is healthy, which no sweep prevents', async () => {
    const { app, id } = await stopped();
    const instance = await worker.build(id);
    await stopOrphans(plane.db);
    expect(await worker.wanted(instance.id)).toMatchObject({ desired: 'running' });
    expect(await toldBy(app, () => worker.see(instance, 'healthy'))).toBe('live');
    expect(await appNow(app)).toMatchObject({ desired: 'running', status: 'live' });
  });

  it('stays stopped when its build or its start fails', async () => {
    for (const start of [false, true]) {
      const { app, id } = await stopped();
      if (start) await worker.see(await worker.build(id), 'crashed', { exit: exited });
      else await worker.reportBuild(id, { kind: 'failed', attempt: await worker.claim(id), failure, finished: {} });
      expect(await worker.statusOf(id)).toBe('failed');
      expect(await appNow(app)).toMatchObject({ desired: 'stopped', status: 'stopped' });
    }
  });
});
