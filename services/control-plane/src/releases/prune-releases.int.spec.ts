import type { AppView, DeploymentView, ReleaseView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';
import { pruneReleases } from './prune-releases.ts';

const { plane, owner, worker } = await openPlane();

const states = async (app: AppView) => Object.fromEntries((await owner.call<{ items: ReleaseView[] }>('GET', `/apps/${app.id}/releases`)).body.items.map(({ number, state }) => [number, state]));
const rollBack = async (app: AppView, to: string) => (await owner.call<DeploymentView>('POST', `/apps/${app.id}/rollback`, { to })).body;

/** An app with so many releases, of which the last is live; nothing of the others runs any more. */
async function appWith(count: number) {
  const { app, instance } = await worker.liveApp(owner);
  const images = [instance.image];
  for (let i = 1; i < count; i++) images.push((await worker.nextRelease(owner, app)).instance.image);
  for (const each of await worker.wantedOf(app, 'draining')) await worker.see(each, 'stopped');
  return { app, images };
}
const kept = async (images: string[]) => {
  const wanted = (await worker.instances(-1, 0)).images;
  return images.map((image) => wanted.includes(image));
};

describe('pruning releases', () => {
  it('lets go of the oldest images, says which, and loses no row', async () => {
    const { app, images } = await appWith(4);
    const { cursor } = await worker.instances(-1, 0);
    expect(await pruneReleases(plane.db, 2)).toContainEqual({ app: app.id, releases: [1] });
    expect(await kept(images)).toEqual([false, true, true, true]);
    expect((await owner.audited(app.id)).at(0)).toBe('release.prune');
    expect((await worker.instances(-1, 0)).cursor).toBeGreaterThan(cursor);
    expect(await states(app)).toEqual({ 1: 'pruned', 2: 'kept', 3: 'kept', 4: 'live' });
    const deployments = (await owner.call<{ items: DeploymentView[] }>('GET', `/apps/${app.id}/deployments`)).body.items;
    expect(deployments.map(({ number, releaseState }) => [number, releaseState])).toEqual([[4, 'live'], [3, 'kept'], [2, 'kept'], [1, 'pruned']]);
    expect((await pruneReleases(plane.db, 2)).some((pruned) => pruned.app === app.id)).toBe(false);
  });

  it('counts from when a release was last live, not from when it was made', async () => {
    const { app } = await appWith(4);
    await worker.see(await worker.instanceOf((await rollBack(app, '1')).id), 'healthy');
    await pruneReleases(plane.db, 2);
    expect(await states(app)).toEqual({ 1: 'live', 2: 'pruned', 3: 'kept', 4: 'kept' });
  });

  it('leaves the release that a rollback leads to, and takes it when that has ended', async () => {
    const { app, images } = await appWith(3);
    const { id } = await rollBack(app, '1');
    await pruneReleases(plane.db, 0);
    expect(await states(app)).toEqual({ 1: 'kept', 2: 'pruned', 3: 'live' });
    await owner.call('POST', `/deployments/${id}/cancel`);
    await pruneReleases(plane.db, 0);
    expect(await kept(images)).toEqual([true, false, true]); // its instance has not ended yet
    const stopping = (await worker.wantedOf(app, 'stopped')).find(({ deployment }) => deployment === id);
    await worker.see(stopping ?? { id, attempt: 0 }, 'stopped');
    expect(await kept(images)).toEqual([false, false, true]);
  });

  it('never lets a rollback begin to what it takes at the same moment', async () => {
    for (let i = 0; i < 5; i++) {
      const { app } = await appWith(2);
      const [answer] = await Promise.all([owner.call<{ code?: string }>('POST', `/apps/${app.id}/rollback`, { to: '1' }), pruneReleases(plane.db, 0)]);
      const { 1: state } = await states(app);
      expect([state, answer.body.code]).toEqual(answer.status === 202 ? ['kept', undefined] : ['pruned', 'release.not_kept']);
    }
  });

  it('keeps the image of what drains, and lets go of all with the app', async () => {
    const { app, instance } = await worker.liveApp(owner);
    await worker.nextRelease(owner, app);
    await pruneReleases(plane.db, 0);
    expect(await states(app)).toEqual({ 1: 'pruned', 2: 'live' });
    expect(await kept([instance.image])).toEqual([true]);
    await owner.call('DELETE', `/apps/${app.id}`);
    expect(await kept([instance.image])).toEqual([false]);
  });
});
