import { describe, expect, it } from 'vitest';
import { openPlane } from '../testing/open-plane.ts';
import { SecretVersions } from './secret-versions.ts';

const { plane, owner } = await openPlane();

const CANARY = 'canary-5fd1c0';

interface List {
  version: number;
  items: { name: string; version: number; setBy: string }[];
}

describe("an app's secrets", () => {
  it('are listed by name and never shown, and reach an instance whole', async () => {
    const app = await owner.app({ secrets: `password = "${CANARY}"\n[db]\nuser = "${CANARY}"` });
    const { body } = await owner.call<List>('GET', `/apps/${app.id}/secrets`);
    expect(body).toMatchObject({ version: 1, items: [{ name: 'password', version: 1, setBy: 'owner' }, { name: 'db', version: 1 }] });
    const opened = await plane.app.get(SecretVersions, { strict: false }).open(app.id, 1);
    expect(opened).toMatchObject({ version: 1, environment: { password: CANARY } });
    expect(opened.toml).toContain(CANARY);
  });

  it('keep the version of a value that stayed', async () => {
    const app = await owner.app({ secrets: 'a = 1\nb = 2\nc = 3' });
    const { body } = await owner.call<List>('PUT', `/apps/${app.id}/secrets`, { toml: 'a = 1\nb = 20\nd = 4' });
    expect(body).toMatchObject({ version: 2, items: [{ name: 'a', version: 1 }, { name: 'b', version: 2 }, { name: 'd', version: 2 }] });
  });

  it('are refused with line and column when they are not TOML, and are not repeated', async () => {
    const app = await owner.app();
    const answer = await owner.call('PUT', `/apps/${app.id}/secrets`, { toml: `a = 1\nb = ${CANARY} oops` });
    expect(answer).toMatchObject({ status: 422, body: { code: 'secrets.malformed' } });
    expect(JSON.stringify(answer.body)).toMatch(/line 2/);
    expect(JSON.stringify(answer.body)).not.toContain(CANARY);
  });

  it('lie in no table in the clear, and tell running instances to fetch them', async () => {
    const app = await owner.app();
    const before = await plane.db.cursor.findUniqueOrThrow({ where: { feed: 'instances' } });
    await owner.call('PUT', `/apps/${app.id}/secrets`, { toml: `key = "${CANARY}"` });
    expect((await plane.db.cursor.findUniqueOrThrow({ where: { feed: 'instances' } })).value).toBeGreaterThan(before.value);
    const tables = await plane.db.$queryRaw<{ name: string }[]>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    for (const { name } of tables) {
      const rows = await plane.db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
      const hex = Buffer.from(CANARY).toString('hex');
      expect(rows.some(({ row }) => row.includes(CANARY) || row.includes(hex)), name).toBe(false);
    }
  });
});
