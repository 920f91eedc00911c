import type { BuildReport, DeploymentView } from '@weir/contracts';
import { mintId } from '@weir/database';
import { credentialKey } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';
import { PretendWorker } from './testing/pretend-worker.ts';

const { plane, owner, worker } = await openPlane();

const queued = async () => {
  const app = await owner.app();
  return { app, id: (await owner.deploy(app.id)).id };
};
const lapse = (id: string) => plane.db.deployment.update({ where: { id }, data: { leaseUntil: new Date(0) } });
const row = (id: string) => plane.db.deployment.findUniqueOrThrow({ where: { id } });

describe('the internal API', () => {
  it('refuses whoever does not have its token', async () => {
    const stranger = new PretendWorker(plane, 'x'.repeat(40));
    await expect(stranger.instances(-1, 0)).rejects.toMatchObject({ problem: { status: 401 } });
    await expect(new PretendWorker(plane, owner.token).routes(-1, 0)).rejects.toMatchObject({ problem: { status: 401 } });
    expect((await fetch(`${plane.baseUrl}/internal/healthz`)).status).toBe(401);
  });

  it('makes a sign-in link', async () => {
    expect((await worker.createSignInLink()).url).toContain('/sign-in');
  });
});

describe('what a stranger’s build says', () => {
  it('B13 is stored whatever is in it: NULs, halves of characters, control characters', async () => {
    const { id } = await queued();
    const attempt = await worker.claim(id);
    const odd = 'a\0b\ud83d\u001b[2J';
    await worker.reportBuild(id, { kind: 'fetched', attempt, commit: 'a'.repeat(40), branch: odd, message: odd, author: odd });
    await worker.appendLog(id, { writer: 'w', batch: 0, lines: [{ at: new Date().toISOString(), stream: 'stdout', text: odd }] });
    await worker.reportBuild(id, worker.built(attempt, { lock: odd, framework: { name: 'streamlit', version: odd } }));
    expect(await row(id)).toMatchObject({ status: 'starting', commitMessage: 'a\uFFFDb\uFFFD\u001b[2J' });
  });
});

describe('the deploy check', () => {
  const found = (line: number, path = 'app.py') => ({ code: 'secret.committed', message: 'A GitHub token (ghp_…) is committed.', excerpt: null, place: { path, line }, hint: 'Replace it.' });

  it('leaves its warnings with the deployment, each place once', async () => {
    const { id } = await queued();
    const attempt = await worker.claim(id);
    const warnings = [{ code: 'check.uncached_load', message: 'pd.read_csv runs again.', excerpt: null, place: { path: 'app.py', line: 3 }, hint: 'Cache it.' }, { code: 'check.uncached_load', message: 'pd.read_csv runs again.', excerpt: null, place: { path: 'app.py', line: 9 }, hint: 'Cache it.' }];
    for (let i = 0; i < 2; i++) await worker.reportBuild(id, { kind: 'checked', attempt, warnings });
    expect((await owner.call<DeploymentView>('GET', `/deployments/${id}`)).body.warnings).toEqual(warnings);
  });

  it('lets an acknowledged credential pass in later deployments, but not one in another file', async () => {
    const app = await owner.app();
    const deploy = async (body: object) => (await owner.call<DeploymentView>('POST', `/apps/${app.id}/deployments`, body)).body.id;
    const commit = 'a'.repeat(40);
    const first = await deploy({ acknowledgeSecrets: true, commit });
    const order = await worker.orderOf(first, 'w');
    expect(order?.acknowledged).toEqual({ all: true, known: [] });
    const attempt = order?.attempt ?? 0;
    await worker.reportBuild(first, { kind: 'fetched', attempt, commit: 'a'.repeat(40), branch: 'main', message: 'Change', author: 'Ada' });
    await worker.reportBuild(first, { kind: 'checked', attempt, warnings: [found(3)] });
    expect((await worker.orderOf(await deploy({}), 'w'))?.acknowledged, 'it was never deployed').toEqual({ all: false, known: [] });

    const second = await deploy({ acknowledgeSecrets: true, commit });
    const again = (await worker.orderOf(second, 'w'))?.attempt ?? 0;
    await worker.reportBuild(second, { kind: 'fetched', attempt: again, commit: 'a'.repeat(40), branch: 'main', message: 'Change', author: 'Ada' });
    await worker.reportBuild(second, { kind: 'checked', attempt: again, warnings: [found(3)] });
    await worker.reportBuild(second, worker.built(again));
    const { all, known } = (await worker.orderOf(await deploy({}), 'w'))!.acknowledged;
    expect(all).toBe(false);
    expect(known).toEqual([credentialKey(found(8))]);
    expect(known).not.toContain(credentialKey(found(3, 'other.py')));
  });
});

describe('acknowledging committed credentials', () => {
  const warning = (path: string) => ({ code: 'secret.committed', message: 'A GitHub token (ghp_…) is committed.', excerpt: null, place: { path, line: 3 }, hint: 'Replace it.' });
  const failure = { code: 'secret.committed', phase: 'plan' as const, message: 'A credential is committed.', hint: null, excerpt: null };
  const git = () => owner.app({ source: { kind: 'git', url: 'https://git.example.org/a.git' } });
  const deploy = (app: { id: string }, body: object) => owner.call<DeploymentView & { code: string }>('POST', `/apps/${app.id}/deployments`, body);
  /** A deployment that stopped for what it found there. */
  const stopped = async (app: { id: string }, path: string) => {
    const { body: { id } } = await deploy(app, {});
    const attempt = await worker.claim(id);
    await worker.reportBuild(id, { kind: 'checked', attempt, warnings: [warning(path)] });
    await worker.reportBuild(id, { kind: 'failed', attempt, failure, finished: {} });
    return id;
  };
  const acknowledged = async (id: string) => (await worker.orderOf(id as never, 'w'))?.acknowledged;

  it('is of what was seen: a newer commit with another credential is not let through', async () => {
    const app = await git();
    const seen = await stopped(app, 'app.py');
    await stopped(app, 'other.py');
    const { body } = await deploy(app, { acknowledges: seen });
    expect(await acknowledged(body.id)).toEqual({ all: false, known: [credentialKey(warning('app.py'))] });
    const { details } = await plane.db.auditEvent.findFirstOrThrow({ where: { target: body.id, action: 'deployment.create' } });
    expect(details).toMatchObject({ acknowledgesSecrets: true, acknowledges: seen });
  });

  it('is of what the newest stopped deployment found, where neither that nor a commit is named', async () => {
    const app = await git();
    expect(await acknowledged((await deploy(app, { acknowledgeSecrets: true })).body.id), 'said before anything was found').toEqual({ all: true, known: [] });
    await stopped(app, 'app.py');
    await stopped(app, 'other.py');
    expect(await acknowledged((await deploy(app, { acknowledgeSecrets: true })).body.id)).toEqual({ all: false, known: [credentialKey(warning('other.py'))] });
  });

  it('is refused of a deployment of another app, or one that nothing stopped', async () => {
    const [app, other] = [await git(), await git()];
    const { body: { id } } = await deploy(app, {});
    for (const acknowledges of [id, await stopped(other, 'app.py')]) expect(await deploy(app, { acknowledges })).toMatchObject({ status: 404, body: { code: 'deployment.not_found' } });
  });
});

describe('a build', () => {
  it('is given to one of many workers that ask at once', async () => {
    const { id } = await queued();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => worker.orderOf(id, `w${i}`)));
    expect(answers.filter((order) => order !== null)).toHaveLength(1);
  });

  it('is claimed anew once its lease lapsed, and then the first worker is told to stop', async () => {
    const { id } = await queued();
    const first = await worker.claim(id);
    expect((await worker.renewBuild(id, first)).stop).toBe(false);
    expect(await worker.orderOf(id, 'other')).toBeNull();
    await lapse(id);
    const second = await worker.claim(id);
    expect(second).toBe(first + 1);
    expect((await worker.renewBuild(id, first)).stop).toBe(true);
    expect((await worker.reportBuild(id, worker.built(first))).stop).toBe(true);
    expect(await worker.statusOf(id)).toBe('building');
    expect(await plane.db.release.count({ where: { deployments: { some: { id } } } })).toBe(0);
  });

  it('is claimed at once when its worker’s successor gives it back, which only that worker’s can', async () => {
    const { id } = await queued();
    const first = await worker.claim(id);
    expect(await worker.releaseBuild(id, first + 1)).toEqual({ released: false });
    expect(await worker.orderOf(id, 'other')).toBeNull();
    expect(await worker.releaseBuild(id, first)).toEqual({ released: true });
    const second = await worker.claim(id);
    expect(await worker.releaseBuild(id, first)).toEqual({ released: false });
    expect(await worker.orderOf(id, 'other')).toBeNull();
    await worker.reportBuild(id, { kind: 'fetched', attempt: second, commit: 'a'.repeat(40), branch: 'main', message: 'Change', author: 'Ada' });
    await worker.reportBuild(id, worker.built(second));
    expect(await worker.releaseBuild(id, second)).toEqual({ released: false });
  });

  it('is not given out more than three times, however often it is given back', async () => {
    const { id } = await queued();
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await worker.claim(id)).toBe(attempt);
      await worker.releaseBuild(id, attempt);
    }
    expect(await worker.orderOf(id, 'next')).toBeNull();
  });

  it('mints one release and one instance, however often its end is reported', async () => {
    const { app, id } = await queued();
    await worker.build(id);
    const again = await Promise.all([worker.reportBuild(id, worker.built(1)), worker.reportBuild(id, worker.built(1))]);
    expect(again).toEqual([{ stop: false }, { stop: false }]);
    expect(await plane.db.release.count({ where: { appId: app.id } })).toBe(1);
    expect(await plane.db.instance.count({ where: { appId: app.id } })).toBe(1);
    expect(await worker.statusOf(id)).toBe('starting');
  });

  it('may have an environment whose list is far longer than a request of the public API', async () => {
    const { app, id } = await queued();
    const attempt = await worker.claim(id);
    await worker.reportBuild(id, { kind: 'fetched', attempt, commit: 'a'.repeat(40), branch: 'main', message: 'Change', author: 'Ada' });
    const lock = 'package==1.0\n'.repeat(300_000);
    await worker.reportBuild(id, { ...worker.built(attempt), lock } as BuildReport);
    expect(await plane.db.release.findFirst({ where: { appId: app.id }, select: { lock: true } })).toEqual({ lock });
    await expect(worker.reportBuild(id, { ...worker.built(attempt), lock: 'x'.repeat(9_000_000) } as BuildReport)).rejects.toMatchObject({ problem: { status: 413 } });
  });

  it('tells its phases, plan and each warning once', async () => {
    const { id } = await queued();
    const attempt = await worker.claim(id);
    const warning = { code: 'source.unpinned', message: 'Pin it.', excerpt: null };
    await worker.reportBuild(id, { kind: 'phase', attempt, phase: 'environment', finished: { fetch: 10.4, plan: 3, nonsense: 9 } });
    for (let i = 0; i < 2; i++) await worker.reportBuild(id, { kind: 'warning', attempt, warning });
    const { phase, phases, warnings } = await row(id);
    expect(phase).toBe('environment');
    expect(phases).toMatchObject({ fetch: 10, plan: 3, queued: expect.any(Number) });
    expect(phases).not.toHaveProperty('nonsense');
    expect(warnings).toEqual([warning]);
  });

  it('fails with its reason and leaves the live release alone', async () => {
    const { app, deployment } = await worker.liveApp(owner);
    const { id } = await owner.deploy(app.id);
    const attempt = await worker.claim(id);
    const failure = { code: 'build.package_not_found', phase: 'environment', message: 'No such package.', hint: null, excerpt: 'x' } as const;
    for (let i = 0; i < 2; i++) expect((await worker.reportBuild(id, { kind: 'failed', attempt, failure, finished: {} })).stop).toBe(false);
    expect(await row(id)).toMatchObject({ status: 'failed', failure, phase: null });
    expect(await worker.statusOf(deployment)).toBe('live');
    expect((await worker.routeOf(app))?.instances).toHaveLength(1);
  });

  it('that is older never goes live, though it is slower and reports last', async () => {
    const { app, id: older } = await queued();
    const slow = await worker.claim(older);
    const { id: newer } = await owner.deploy(app.id);
    const instance = await worker.build(newer);
    await worker.see(instance, 'healthy');
    expect((await worker.reportBuild(older, worker.built(slow))).stop).toBe(true);
    expect([await worker.statusOf(older), await worker.statusOf(newer)]).toEqual(['superseded', 'live']);
    expect(await worker.orderOf(older, 'late')).toBeNull();
  });

  it('stops when its app is deleted', async () => {
    const { app, id } = await queued();
    const attempt = await worker.claim(id);
    await owner.call('DELETE', `/apps/${app.id}`);
    expect((await worker.renewBuild(id, attempt)).stop).toBe(true);
    expect((await worker.reportBuild(id, worker.built(attempt))).stop).toBe(true);
    expect(await worker.orderOf(mintId('deployment'), 'w')).toBeNull();
  });
});
