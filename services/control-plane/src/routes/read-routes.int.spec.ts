import { describe, expect, it } from 'vitest';
import { Pruner } from '../deployments/pruner.ts';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner, worker } = await openPlane();

const cursorNow = async (): Promise<number> => (await worker.routes(-1, 0)).cursor;
const since = async (after: number) => {
  const { full, removed, routes } = await worker.routes(after, 0);
  return { full, removed, hostnames: routes.map(({ hostname }) => hostname) };
};
const host = ({ hostname }: { hostname: string }): string => `${hostname}.localhost`;

describe('the routes after a cursor', () => {
  it('are those of the apps that changed since, and no others', async () => {
    const [first] = [await worker.liveApp(owner), await owner.app()];
    const before = await cursorNow();
    expect(await since(before)).toEqual({ full: false, removed: [], hostnames: [] });
    await owner.call('POST', `/apps/${first.app.id}/stop`);
    expect(await since(before)).toEqual({ full: false, removed: [], hostnames: [host(first.app)] });
    expect(await since(await cursorNow())).toMatchObject({ hostnames: [] });
  });

  it('name the framework with its version', async () => {
    const { app, instance } = await worker.liveApp(owner);
    await plane.db.release.update({ where: { id: instance.release }, data: { frameworkVersion: '1.40.0' } });
    expect(await worker.routeOf(app)).toMatchObject({ framework: { name: 'streamlit', version: '1.40.0' } });
    expect(await worker.wanted(instance.id)).toMatchObject({ framework: { name: 'streamlit', version: '1.40.0' } });
  });

  it('say which hostnames are gone: of a deleted app, and of a renamed one', async () => {
    const [deleted, renamed] = [await owner.app(), await owner.app()];
    const before = await cursorNow();
    await owner.call('DELETE', `/apps/${deleted.id}`);
    await owner.call('PATCH', `/apps/${renamed.id}`, { hostname: `${renamed.hostname}-new` });
    const { removed, hostnames } = await since(before);
    expect(new Set(removed)).toEqual(new Set([host(deleted), host(renamed)]));
    expect(hostnames).toEqual([`${renamed.hostname}-new.localhost`]);
  });

  it('lead to the app that took a removed hostname over', async () => {
    const [app, other] = [await owner.app(), await owner.app()];
    const before = await cursorNow();
    await owner.call('DELETE', `/apps/${app.id}`);
    await owner.call('PATCH', `/apps/${other.id}`, { hostname: app.hostname });
    expect(await since(before)).toEqual({ full: false, removed: [host(other)], hostnames: [host(app)] });
  });
});

describe('everything is told', () => {
  it('to whoever has nothing, or knows a cursor that is not reached yet, without a wait', async () => {
    const { hostname } = await owner.app();
    const ahead = (await cursorNow()) + 1000;
    for (const after of [-1, ahead]) {
      const update = await worker.routes(after, 20_000);
      expect(update).toMatchObject({ full: true, removed: [] });
      expect(update.cursor).toBeLessThan(ahead);
      expect(update.routes.map((route) => route.hostname)).toContain(`${hostname}.localhost`);
    }
  });

  it('to whoever asks from before a removal that is forgotten; others still get what changed', async () => {
    const [before, gone] = [await cursorNow(), await owner.app()];
    await owner.call('DELETE', `/apps/${gone.id}`);
    const after = await cursorNow();
    const prune = () => plane.app.get(Pruner, { strict: false }).prune();
    await prune();
    expect(await since(before)).toMatchObject({ full: false, removed: [host(gone)] });
    await plane.db.removedRoute.updateMany({ where: { hostname: gone.hostname }, data: { removedAt: new Date(Date.now() - 25 * 3_600_000) } });
    await prune();
    expect(await since(before)).toMatchObject({ full: true, removed: [] });
    expect(await since(after)).toEqual({ full: false, removed: [], hostnames: [] });
  });
});

describe('a change of many at the same moment', () => {
  it('is never missed by one who follows the cursor', async () => {
    const apps = await Promise.all(Array.from({ length: 6 }, () => owner.app()));
    const known = new Map<string, string>();
    let after = await cursorNow();
    const change = async (): Promise<void> => {
      await Promise.all(apps.map(({ id }) => owner.deploy(id)));
    };
    let changing = true;
    const changes = change().finally(() => (changing = false));
    for (let last = false; !last; ) {
      last = !changing;
      const update = await worker.routes(after, last ? 0 : 100);
      for (const { hostname, status } of update.routes) known.set(hostname, status);
      after = update.cursor;
    }
    await changes;
    expect(apps.map((app) => known.get(host(app)))).toEqual(apps.map(() => 'deploying'));
  });
});
