import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSOLE_URL, type RunningControlPlane, runControlPlane } from '../testing/running-control-plane.ts';
import { CreateSignInLink } from './create-sign-in-link.ts';

let plane: RunningControlPlane;
beforeAll(async () => {
  plane = await runControlPlane();
});
afterAll(() => plane.close());

const api = (path: string, init: RequestInit = {}) => fetch(`${plane.baseUrl}/api/v1${path}`, init);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) => api(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const newLink = async () => {
  const { url } = await plane.app.get(CreateSignInLink, { strict: false }).execute();
  expect(url.startsWith(`${CONSOLE_URL}/`)).toBe(true);
  return new URL(url).searchParams.get('token') ?? '';
};
const signIn = async () => {
  const { session, cookie } = (await (await post('/session', { token: await newLink() })).json()) as { session: string; cookie: string };
  return `${cookie}=${session}`;
};

describe('a sign-in link', () => {
  it('signs the owner in once, however many use it at the same moment', async () => {
    const token = await newLink();
    const before = await plane.db.session.count();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/session', { token })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 7 }, () => 401)]);
    expect(await plane.db.session.count()).toBe(before + 1);
    expect(await answers.find(({ status }) => status === 401)?.json()).toMatchObject({ code: 'session.link_spent' });
  });

  it('is of no use after 15 minutes', async () => {
    const token = await newLink();
    const { expiresAt } = (await plane.db.signInLink.findMany({ where: { usedAt: null } }))[0] ?? { expiresAt: new Date(0) };
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    await plane.db.signInLink.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await post('/session', { token })).status).toBe(401);
  });

  it('lies in the database as a hash only, like a session', async () => {
    const token = await newLink();
    const cookie = await signIn();
    const rows = JSON.stringify([await plane.db.signInLink.findMany(), await plane.db.session.findMany(), await plane.db.auditEvent.findMany()], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    expect(rows).not.toContain(token);
    expect(rows).not.toContain(cookie.split('=')[1]);
  });
});

describe('a session', () => {
  it('is a cookie that scripts cannot read, and ends when signed out', async () => {
    const created = await post('/session', { token: await newLink() });
    expect(created.headers.get('set-cookie')).toMatch(/^weir_session=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    const cookie = await signIn();
    expect(await (await api('/me', { headers: { cookie } })).json()).toMatchObject({ actor: { kind: 'user', name: 'Owner' }, role: 'owner', workspace: { name: 'Default' }, installation: { id: 'abcdefgh' } });
    expect((await api('/session', { method: 'DELETE', headers: { cookie, origin: CONSOLE_URL } })).status).toBe(204);
    expect((await api('/me', { headers: { cookie } })).status).toBe(401);
  });

  const HOUR_MS = 3600_000;
  const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
  const status = async (cookie: string) => (await api('/me', { headers: { cookie } })).status;

  it('ends seven days after it began, however much it is used', async () => {
    const cookie = await signIn();
    const { expiresAt } = await plane.db.session.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect((expiresAt.getTime() - Date.now()) / HOUR_MS).toBeCloseTo(7 * 24, 1);
    expect(await status(cookie)).toBe(200);
    await plane.db.session.updateMany({ data: { expiresAt: ago(0.001) } });
    expect(await status(cookie)).toBe(401);
  });

  it('ends when nobody used it for eight hours, and lives on while somebody does', async () => {
    const cookie = await signIn();
    await plane.db.session.updateMany({ data: { seenAt: ago(7.9) } });
    expect(await status(cookie)).toBe(200);
    const { seenAt } = await plane.db.session.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(Date.now() - seenAt.getTime()).toBeLessThan(HOUR_MS);
    await plane.db.session.updateMany({ data: { seenAt: ago(8.1) } });
    expect(await status(cookie)).toBe(401);
    await signIn();
    expect(await plane.db.session.count(), 'what is over is removed at the next sign-in').toBe(1);
  });

  it.each([
    ['from no origin', {}],
    ["from an app's origin", { origin: 'http://app.localhost:8080' }],
    ['from an opaque origin', { origin: 'null' }],
    ['from a sibling', { origin: CONSOLE_URL, 'sec-fetch-site': 'same-site' }],
    ['as a plain form', { origin: CONSOLE_URL, 'content-type': 'text/plain' }],
  ])('changes nothing %s', async (_, headers) => {
    const cookie = await signIn();
    const answer = await post('/apps', { hostname: 'forged', source: { kind: 'builtin' } }, { cookie, ...headers });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'auth.cross_site' });
  });

  it('changes things from the console', async () => {
    const answer = await post('/apps', { hostname: 'honest', source: { kind: 'builtin' } }, { cookie: await signIn(), origin: CONSOLE_URL, 'sec-fetch-site': 'same-origin' });
    expect(answer.status).toBe(201);
  });
});

describe('an API token', () => {
  it("is the command line's as long as its file says so", async () => {
    expect(await (await api('/me', { headers: { authorization: `Bearer ${plane.cliToken}` } })).json()).toMatchObject({ actor: { kind: 'token', name: 'cli' }, role: 'owner' });
  });

  it('is refused once it is revoked, malformed or unknown, even beside a good cookie', async () => {
    const caller = await plane.caller('owner');
    await plane.db.apiToken.updateMany({ where: { workspaceId: caller.workspaceId }, data: { revokedAt: new Date() } });
    const cookie = await signIn();
    for (const authorization of [`Bearer ${caller.token}`, 'Bearer x', `Bearer weir_${'a'.repeat(43)}`, 'Basic x', '']) {
      expect((await api('/me', { headers: { authorization, cookie } })).status, authorization).toBe(401);
    }
  });
});
