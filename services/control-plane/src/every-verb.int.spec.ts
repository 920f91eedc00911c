import type { AppView, DeploymentView } from '@weir/contracts';
import { mintId } from '@weir/database';
import { describe, expect, it } from 'vitest';
import { openPlane } from './testing/open-plane.ts';

const { plane, owner } = await openPlane();

interface Verb {
  readonly title: string;
  readonly method: string;
  readonly path: (app: AppView, deployment: DeploymentView) => string;
  readonly body?: unknown;
  readonly status: number;
  /** What it writes to the audit log, and on what. */
  readonly audits?: { readonly action: string; readonly on: 'app' | 'deployment' };
  readonly live?: true;
}

const VERBS: readonly Verb[] = [
  { title: 'reading an app', method: 'GET', path: ({ id }) => `/apps/${id}`, status: 200 },
  { title: 'updating an app', method: 'PATCH', path: ({ id }) => `/apps/${id}`, body: { branch: 'next' }, status: 200, audits: { action: 'app.update', on: 'app' } },
  { title: 'stopping an app', method: 'POST', path: ({ hostname }) => `/apps/${hostname}/stop`, status: 202, audits: { action: 'app.stop', on: 'app' } },
  { title: 'starting an app', method: 'POST', path: ({ hostname }) => `/apps/${hostname}/start`, status: 202, audits: { action: 'app.start', on: 'app' }, live: true },
  { title: 'rebooting an app', method: 'POST', path: ({ hostname }) => `/apps/${hostname}/reboot`, status: 202, audits: { action: 'app.reboot', on: 'app' }, live: true },
  { title: 'putting an app to sleep', method: 'POST', path: ({ id }) => `/apps/${id}/sleep`, body: { depth: 'stopped' }, status: 202, audits: { action: 'app.sleep', on: 'app' }, live: true },
  { title: 'waking an app', method: 'POST', path: ({ id }) => `/apps/${id}/wake`, status: 202, audits: { action: 'app.wake', on: 'app' } },
  { title: 'scaling an app', method: 'PATCH', path: ({ id }) => `/apps/${id}`, body: { replicas: 2, drainSeconds: 60, sleep: { freezeAfterMinutes: null } }, status: 200, audits: { action: 'app.update', on: 'app' }, live: true },
  { title: 'listing deployments', method: 'GET', path: ({ id }) => `/apps/${id}/deployments`, status: 200 },
  { title: 'deploying', method: 'POST', path: ({ id }) => `/apps/${id}/deployments`, body: {}, status: 202 },
  { title: 'reading a deployment', method: 'GET', path: (_, { id }) => `/deployments/${id}`, status: 200 },
  { title: 'cancelling a deployment', method: 'POST', path: (_, { id }) => `/deployments/${id}/cancel`, status: 202, audits: { action: 'deployment.cancel', on: 'deployment' } },
  { title: 'listing releases', method: 'GET', path: ({ id }) => `/apps/${id}/releases`, status: 200 },
  { title: 'reading what was installed for a release', method: 'GET', path: ({ id }) => `/apps/${id}/releases/1/lock`, status: 200, live: true },
  { title: 'looking at a rollback', method: 'GET', path: ({ id }) => `/apps/${id}/rollback`, status: 409, live: true },
  { title: 'rolling back', method: 'POST', path: ({ id }) => `/apps/${id}/rollback`, body: {}, status: 409, live: true },
  { title: 'listing secrets', method: 'GET', path: ({ id }) => `/apps/${id}/secrets`, status: 200 },
  { title: 'setting secrets', method: 'PUT', path: ({ id }) => `/apps/${id}/secrets`, body: { toml: 'a = 1' }, status: 200, audits: { action: 'secret.set', on: 'app' } },
  { title: 'deleting an app', method: 'DELETE', path: ({ id }) => `/apps/${id}`, status: 204, audits: { action: 'app.delete', on: 'app' } },
];

/** Makes a release of the app live, as a worker's reports would. */
async function makeLive(app: AppView, deployment: DeploymentView): Promise<void> {
  const release = await plane.db.release.create({
    data: { id: mintId('release'), appId: app.id, number: 1, commit: 'a'.repeat(40), image: 'sha256:1', environment: 'e', framework: 'streamlit', entryFile: 'app.py', python: '3.11', sourceBytes: 1, memoryMib: 64, cpus: 1, pids: 16 },
  });
  await plane.db.deployment.update({ where: { id: deployment.id }, data: { status: 'live', releaseId: release.id, phase: null } });
  await plane.db.app.update({ where: { id: app.id }, data: { releaseId: release.id } });
}

describe.each(VERBS)('$title', ({ method, path, body, status, audits, live }) => {
  const prepare = async () => {
    const app = await owner.app();
    const deployment = await owner.deploy(app.id);
    if (live) await makeLive(app, deployment);
    return { app, deployment };
  };

  it('works and audits', async () => {
    const { app, deployment } = await prepare();
    const answer = await owner.call(method, path(app, deployment), body);
    expect(answer).toMatchObject({ status });
    expect(audits ? await owner.audited({ app, deployment }[audits.on].id) : [undefined]).toContain(audits?.action);
  });

  it('refuses a role that may not', async () => {
    const { app, deployment } = await prepare();
    const viewer = await plane.caller('viewer', owner.workspaceId);
    expect(await viewer.call(method, path(app, deployment), body)).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
  });

  it('answers another workspace as if there were no such thing', async () => {
    const { app, deployment } = await prepare();
    const stranger = await plane.caller('owner');
    const [theirs, nobodys] = [await stranger.call(method, path(app, deployment), body), await stranger.call(method, path({ ...app, id: mintId('app'), hostname: 'no-such-app' }, { ...deployment, id: mintId('deployment') }), body)];
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobodys.body, requestId: '' });
    expect((await owner.call('GET', `/apps/${app.id}`)).status).toBe(200);
  });

  it('refuses who is not signed in', async () => {
    const { app, deployment } = await prepare();
    const response = await fetch(`${plane.baseUrl}/api/v1${path(app, deployment)}`, { method });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});
