import type { DeploymentView } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';

const { plane, owner } = await openPlane();

const list = async (app: string) => (await owner.call<{ items: DeploymentView[] }>('GET', `/apps/${app}/deployments`)).body.items;

describe('deploying', () => {
  it('queues a numbered deployment and audits', async () => {
    const app = await owner.app({ source: { kind: 'builtin', branch: 'main' } });
    const deployment = await owner.deploy(app.hostname);
    expect(deployment).toMatchObject({ app: app.id, number: 1, status: 'queued', phase: 'queued', reason: 'deploy', branch: 'main', commit: null, actor: { kind: 'token', name: 'owner' } });
    expect(await owner.audited(deployment.id)).toEqual(['deployment.create']);
  });

  it('supersedes older ones that are not live yet, so that exactly the newest is left', async () => {
    const app = await owner.app();
    await Promise.all(Array.from({ length: 5 }, () => owner.deploy(app.id)));
    const deployments = await list(app.id);
    expect(new Set(deployments.map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4, 5]));
    const pending = deployments.filter(({ status }) => status === 'queued');
    expect(pending.map(({ number }) => number)).toEqual([5]);
    expect(deployments.filter(({ status, finishedAt }) => status === 'superseded' && finishedAt !== null)).toHaveLength(4);
  });

  it('takes a commit for the built-in remote alone', async () => {
    const commit = 'c'.repeat(40);
    const [builtin, git] = [await owner.app(), await owner.app({ source: { kind: 'git', url: 'https://git.example.org/a.git' } })];
    expect(await owner.call('POST', `/apps/${builtin.id}/deployments`, { commit })).toMatchObject({ status: 202, body: { commit } });
    expect(await owner.call('POST', `/apps/${git.id}/deployments`, { commit })).toMatchObject({ status: 422, body: { code: 'deployment.commit_not_allowed' } });
    expect(await owner.call('POST', `/apps/${builtin.id}/deployments`, { commit: '--upload-pack=x' })).toMatchObject({ status: 422 });
  });
});

describe('acknowledging committed secrets', () => {
  it('is written to the audit log, and only where it was asked for', async () => {
    const app = await owner.app();
    const details = async (body: object) => {
      const { body: deployment } = await owner.call<DeploymentView>('POST', `/apps/${app.id}/deployments`, body);
      return (await plane.db.auditEvent.findFirstOrThrow({ where: { target: deployment.id, action: 'deployment.create' } })).details;
    };
    expect(await details({ acknowledgeSecrets: true, commit: 'c'.repeat(40) })).toMatchObject({ acknowledgesSecrets: true });
    expect(await details({})).not.toHaveProperty('acknowledgesSecrets');
  });
});

describe('cancelling', () => {
  it('may be repeated', async () => {
    const { id } = await owner.deploy((await owner.app()).id);
    for (let i = 0; i < 2; i++) expect(await owner.call('POST', `/deployments/${id}/cancel`)).toMatchObject({ status: 202, body: { status: 'cancelled', phase: null } });
    expect(await owner.audited(id)).toEqual(['deployment.cancel', 'deployment.create']);
  });

  it('is refused once the deployment has ended otherwise', async () => {
    const app = await owner.app();
    const { id } = await owner.deploy(app.id);
    await owner.deploy(app.id);
    expect(await owner.call('POST', `/deployments/${id}/cancel`)).toMatchObject({ status: 409, body: { code: 'deployment.illegal_transition' } });
  });

  it('knows no malformed id', async () => {
    expect(await owner.call('POST', '/deployments/dep_x/cancel')).toMatchObject({ status: 422 });
  });
});
