import type { DeploymentView, LiveMessage, Subscribe } from '@weir/contracts';
import { mintId } from '@weir/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { hashOf, newSessionToken } from '../identity/credentials.ts';
import { PretendWorker } from '../internal/testing/pretend-worker.ts';
import type { Caller } from '../testing/caller.ts';
import { CONSOLE_URL, type RunningControlPlane, runControlPlane } from '../testing/running-control-plane.ts';

let plane: RunningControlPlane;
let owner: Caller;
let worker: PretendWorker;
const sockets: WebSocket[] = [];
beforeAll(async () => {
  plane = await runControlPlane();
  owner = await plane.caller('owner');
  worker = new PretendWorker(plane);
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await plane.close();
});

/** A listener, and what it heard so far. */
function listen(headers: Record<string, string>, ...topics: Subscribe[]) {
  const socket = new WebSocket(`${plane.baseUrl.replace('http', 'ws')}/live`, { headers });
  sockets.push(socket);
  const heard: LiveMessage[] = [];
  socket.on('message', (data: Buffer) => void heard.push(JSON.parse(data.toString('utf8')) as LiveMessage));
  socket.on('open', () => topics.forEach((data) => socket.send(JSON.stringify({ event: 'subscribe', data }))));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  return { heard, closed, hears: (message: unknown) => expect.poll(() => heard, { timeout: 8000 }).toContainEqual(message) };
}
const bearer = (caller: Caller) => ({ authorization: `Bearer ${caller.token}` });
const session = async () => {
  const value = newSessionToken();
  await plane.db.user.create({
    data: { id: mintId('user'), name: 'Ada', memberships: { create: { workspaceId: owner.workspaceId, role: 'owner' } }, sessions: { create: { id: mintId('session'), hash: hashOf(value), expiresAt: new Date(Date.now() + 60_000) } } },
  });
  return { cookie: `weir_session=${value}`, hash: hashOf(value) };
};

describe('the live channel', () => {
  it('tells the apps there are, then each change, and nothing of another workspace', async () => {
    const app = await owner.app();
    const { heard, hears } = listen(bearer(owner), { topic: 'apps' });
    await hears({ event: 'app', data: expect.objectContaining({ id: app.id, status: 'new' }) });
    const foreign = await (await plane.caller('owner')).app();
    await owner.deploy(app.id);
    await hears({ event: 'app', data: expect.objectContaining({ id: app.id, status: 'deploying' }) });
    await owner.call('DELETE', `/apps/${app.id}`);
    await hears({ event: 'app-deleted', data: { id: app.id } });
    expect(JSON.stringify(heard)).not.toContain(foreign.id);
  });

  it('tells a build that waits its place in line, as others begin and end', async () => {
    const [first, mine] = [await owner.app(), await owner.app()];
    const { id: before } = await owner.deploy(first.id);
    const { id } = await owner.deploy(mine.id);
    const { hears } = listen(bearer(owner), { topic: 'app', app: mine.hostname });
    const { queuePosition } = (await owner.call<DeploymentView>('GET', `/deployments/${id}`)).body;
    await hears({ event: 'deployment', data: expect.objectContaining({ id, queuePosition }) });
    await owner.call('POST', `/deployments/${before}/cancel`);
    await hears({ event: 'deployment', data: expect.objectContaining({ id, queuePosition: (queuePosition ?? 0) - 1 }) });
    await worker.claim(id);
    await hears({ event: 'deployment', data: expect.objectContaining({ id, status: 'building', queuePosition: null }) });
  });

  it('follows one app with its deployments, and the log of a build to its end', async () => {
    const app = await owner.app();
    const { id } = await owner.deploy(app.id);
    const { heard, hears } = listen(bearer(owner), { topic: 'app', app: app.hostname }, { topic: 'build-log', deployment: id, after: 0 });
    await hears({ event: 'log', data: { topic: 'build-log', subject: id, lines: [], ended: false } });
    await worker.appendLog(id, { writer: 'w', batch: 0, lines: [{ at: new Date().toISOString(), stream: 'stdout', text: 'hello' }] });
    await hears({ event: 'log', data: expect.objectContaining({ lines: [expect.objectContaining({ text: 'hello' })], ended: false }) });
    await worker.see(await worker.build(id), 'healthy');
    await hears({ event: 'deployment', data: expect.objectContaining({ id, status: 'live' }) });
    await hears({ event: 'app', data: expect.objectContaining({ id: app.id, status: 'live' }) });
    await hears({ event: 'log', data: { topic: 'build-log', subject: id, lines: [], ended: true } });
    expect(heard.at(0)?.event).not.toBe('problem');
  });

  it('answers another workspace as if there were no such thing', async () => {
    const app = await owner.app();
    const { id } = await owner.deploy(app.id);
    const { heard, hears } = listen(bearer(await plane.caller('owner')), { topic: 'app', app: app.id }, { topic: 'build-log', deployment: id, after: 0 }, { topic: 'app-log', app: app.id, after: 0 });
    await hears({ event: 'problem', data: { code: 'deployment.not_found', detail: 'There is no such deployment.' } });
    await hears({ event: 'problem', data: { code: 'app.not_found', detail: 'There is no such app.' } });
    expect(new Set(heard.map(({ event }) => event))).toEqual(new Set(['problem']));
  });

  it('closes on whoever shows no credentials, and on a session from any page but the console', async () => {
    const { cookie } = await session();
    for (const headers of [{}, { authorization: 'Bearer weir_x' }, { cookie }, { cookie, origin: 'http://evil.localhost:8080' }]) {
      const { closed, heard } = listen(headers as Record<string, string>, { topic: 'apps' });
      expect(await closed).toBe(1008);
      expect(heard.filter(({ event }) => event !== 'problem')).toEqual([]);
    }
  });

  it('lets a session listen from the console, and cuts it within seconds of signing out', async () => {
    const { cookie, hash } = await session();
    const app = await owner.app();
    const { hears, closed } = listen({ cookie, origin: CONSOLE_URL }, { topic: 'app', app: app.id });
    await hears({ event: 'app', data: expect.objectContaining({ id: app.id }) });
    await plane.db.session.delete({ where: { hash } });
    expect(await closed).toBe(1008);
  });

  it('says so when there is no such topic', async () => {
    const { heard, hears } = listen(bearer(owner), { topic: 'secrets' } as unknown as Subscribe);
    await hears({ event: 'problem', data: { code: 'request.invalid', detail: 'There is no such topic.' } });
    expect(heard).toHaveLength(1);
  });
});
