import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { INTERNAL_TOKEN, type RunningControlPlane, runControlPlane } from './testing/running-control-plane.ts';

describe('the control plane, composed as main composes it', () => {
  let plane: RunningControlPlane;
  beforeAll(async () => void (plane = await runControlPlane()));
  afterAll(() => plane.close());

  it('finds every provider, listens, and answers the supervisor alone', async () => {
    const health = (token: string) => fetch(`${plane.baseUrl}/internal/healthz`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await health(INTERNAL_TOKEN)).json()).toEqual({ ok: true });
    expect((await health('another')).status).toBe(401);
  });

  it('closes while a long poll waits, and leaves no connection behind', async () => {
    const client = new pg.Client({ connectionString: plane.databaseUrl });
    await client.connect();
    const connections = async () => (await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'test'")).rowCount;
    await plane.db.$disconnect();
    expect(await connections()).toBeGreaterThan(0);
    const waiting = fetch(`${plane.baseUrl}/internal/routes?after=1000000&waitMs=20000`, { headers: { authorization: `Bearer ${INTERNAL_TOKEN}` } }).then(() => 'answered', () => 'cut');
    await expect.poll(() => new Promise((resolve) => plane.app.getHttpServer().getConnections((_, count) => resolve(count)))).toBeGreaterThan(0);
    await plane.stop();
    expect(await waiting).toBe('cut');
    await expect.poll(connections).toBe(0);
    await expect(fetch(`${plane.baseUrl}/internal/healthz`)).rejects.toThrow('fetch failed');
    await client.end();
  });
});
