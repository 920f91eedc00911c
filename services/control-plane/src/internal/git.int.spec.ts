import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner, worker } = await openPlane();

const commit = 'b'.repeat(40);

describe('the Git remote of an app', () => {
  it('is open to a token of its workspace, by id or hostname', async () => {
    const app = await owner.app();
    for (const name of [app.id, app.hostname, `${app.hostname}.git`]) {
      expect(await worker.authorizeGit({ app: name, token: owner.token, write: true })).toEqual({ app: app.id, workspace: owner.workspaceId, branch: null, example: null });
    }
  });

  it('is closed to an unknown token, another workspace, a role that may not, and apps of another source', async () => {
    const app = await owner.app();
    const remote = await owner.app({ source: { kind: 'git', url: 'https://git.example.org/a/b' } });
    const ask = (name: string, token: string) => worker.authorizeGit({ app: name, token, write: false });
    await expect(ask(app.id, 'weir_wrong')).rejects.toMatchObject({ problem: { status: 401 } });
    await expect(ask(app.id, (await plane.caller('owner')).token)).rejects.toMatchObject({ problem: { status: 404 } });
    await expect(ask(app.id, (await plane.caller('viewer', owner.workspaceId)).token)).rejects.toMatchObject({ problem: { status: 403 } });
    await expect(ask(remote.id, owner.token)).rejects.toMatchObject({ problem: { status: 404 } });
  });
});

describe('a push', () => {
  it('deploys its commit, makes the first branch the one that is followed, and audits', async () => {
    const app = await owner.app();
    const first = await worker.reportPush(app.id, { token: owner.token, branch: 'trunk', commit });
    expect(first).toMatchObject({ branch: 'trunk', deployment: expect.stringMatching(/^dep_/) });
    expect((await owner.call('GET', `/deployments/${first.deployment ?? ''}`)).body).toMatchObject({ commit, branch: 'trunk', reason: 'push', actor: { kind: 'push' } });
    expect(await worker.orderOf(first.deployment ?? '', 'w')).toMatchObject({ commit, source: { kind: 'builtin', branch: 'trunk' } });
    expect(await worker.reportPush(app.id, { token: owner.token, branch: 'other', commit })).toEqual({ deployment: null, branch: 'trunk' });
    expect(await owner.audited(first.deployment ?? '')).toContain('deployment.create');
  });
});
