import { Database, emptyDatabase, migrate, mintId, prepareQueueRole, type Tx } from './index.ts';
import { testDatabase, type TestDatabase } from './testing/index.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let test: TestDatabase;
let db: Database;
beforeAll(async () => {
  test = await testDatabase();
  db = new Database({ url: test.url });
});
afterAll(async () => {
  await db.$disconnect();
  await test.drop();
});

const newApp = async (hostname: string, uid: number) => {
  const workspaceId = mintId('workspace');
  await db.workspace.create({ data: { id: workspaceId, name: hostname } });
  const app = await db.app.create({ data: { id: mintId('app'), workspaceId, hostname, sourceKind: 'builtin', memoryMib: 64, cpus: 1, pids: 64, uid } });
  return { workspaceId, app };
};

describe('a workspace', () => {
  it("sees its own apps by id and hostname, and another's as missing", async () => {
    const [mine, theirs] = [await newApp('mine', 10_000), await newApp('theirs', 10_001)];
    const workspace = db.in(mine.workspaceId);
    expect((await workspace.apps.get('mine')).id).toBe(mine.app.id);
    expect((await workspace.apps.get(mine.app.id)).hostname).toBe('mine');
    await expect(workspace.apps.get(theirs.app.id)).rejects.toMatchObject({ code: 'app.not_found' });
    await expect(workspace.transaction((tx) => tx.apps.lock('theirs'))).rejects.toMatchObject({ code: 'app.not_found' });
    expect((await workspace.apps.page({ limit: 10 })).items.map((app) => app.hostname)).toEqual(['mine']);
  });
});

describe('a transaction', () => {
  const author = { workspaceId: mintId('workspace'), actor: { kind: 'system', id: 'test', name: 'test' } } as const;

  it('writes its audit event, its announcement and its cursors together, or none of them', async () => {
    const before = await db.cursor.findUniqueOrThrow({ where: { feed: 'routes' } });
    const work = (fail: boolean) => db.transaction(async (tx) => {
      await tx.audit(author, { action: 'app.create', target: 'x' });
      await tx.outbox('test', { a: 1 });
      tx.changes.route('app_none');
      if (fail) throw new Error('no');
    });
    await expect(work(true)).rejects.toThrow('no');
    expect(await db.outboxMessage.count()).toBe(0);
    await work(false);
    expect(await db.outboxMessage.count()).toBe(1);
    expect(await db.auditEvent.count({ where: { workspaceId: author.workspaceId } })).toBe(1);
    expect((await db.cursor.findUniqueOrThrow({ where: { feed: 'routes' } })).value).toBe(before.value + 1n);
  });

  it("counts what changed once, stamps the apps' routes with it, and remembers removed hostnames", async () => {
    const [{ app }, { app: untouched }] = [await newApp('stamped', 10_002), await newApp('untouched', 10_003)];
    await db.transaction(async (tx) => {
      for (let i = 0; i < 3; i++) tx.changes.route(app.id);
      tx.changes.removed('gone');
    });
    const { value } = await db.cursor.findUniqueOrThrow({ where: { feed: 'routes' } });
    expect(await db.app.findUniqueOrThrow({ where: { id: app.id } })).toMatchObject({ routeCursor: value });
    expect(await db.app.findUniqueOrThrow({ where: { id: untouched.id } })).toMatchObject({ routeCursor: 0n });
    expect(await db.removedRoute.findUniqueOrThrow({ where: { hostname: 'gone' } })).toMatchObject({ cursor: value });
    await db.transaction(async (tx) => tx.changes.removed('gone'));
    expect((await db.removedRoute.findUniqueOrThrow({ where: { hostname: 'gone' } })).cursor).toBe(value + 1n);
  });

  it('never waits in a circle, in whatever order changes are named', async () => {
    const { app } = await newApp('circle', 10_004);
    const orders = [(changes: Tx['changes']) => (changes.instances(), changes.route(app.id)), (changes: Tx['changes']) => (changes.route(app.id), changes.instances())];
    const lock = (tx: Tx) => tx.$queryRaw`SELECT 1 FROM "app" WHERE "id" = ${app.id} FOR NO KEY UPDATE`;
    await Promise.all(Array.from({ length: 8 }, (_, i) => db.transaction(async (tx) => {
      await lock(tx);
      orders[i % 2]?.(tx.changes);
    })));
    expect((await db.app.findUniqueOrThrow({ where: { id: app.id } })).routeCursor).toBe((await db.cursor.findUniqueOrThrow({ where: { feed: 'routes' } })).value);
  });

  it('can neither change nor remove an audit event', async () => {
    await expect(db.auditEvent.updateMany({ data: { target: 'y' } })).rejects.toThrow('append-only');
    await expect(db.auditEvent.deleteMany()).rejects.toThrow('append-only');
    await expect(db.$executeRaw`TRUNCATE audit_event`).rejects.toThrow('append-only');
  });
});

describe('the queue role', () => {
  it("owns the queue's schema and reads no table of the product", async () => {
    await prepareQueueRole(test.url, 'aaaaaaaa', 'first');
    const client = new pg.Client({ connectionString: await prepareQueueRole(test.url, 'aaaaaaaa', "it's another") });
    await client.connect();
    try {
      await client.query('CREATE SCHEMA IF NOT EXISTS bullmq');
      await client.query('CREATE TABLE bullmq.job (id int)');
      await expect(client.query('SELECT * FROM public.app')).rejects.toThrow('permission denied');
    } finally {
      await client.end();
    }
  });
});

describe('migrate', () => {
  it('makes a missing database, and may be repeated', async () => {
    const url = Object.assign(new URL(test.url), { pathname: `${new URL(test.url).pathname}_new` }).href;
    await migrate(url);
    await migrate(url);
    const fresh = new Database({ url });
    expect(await fresh.cursor.count()).toBe(2);
    await fresh.$disconnect();
    await db.$executeRawUnsafe(`DROP DATABASE "${new URL(url).pathname.slice(1)}"`);
  });
});

describe('emptyDatabase', () => {
  it("removes all that was ever made, of one installation, and nobody else's", async () => {
    const shared = await testDatabase();
    const client = new pg.Client({ connectionString: shared.url });
    await client.connect();
    try {
      await client.query('CREATE TABLE theirs (id int)');
      const bullmq = new pg.Client({ connectionString: await prepareQueueRole(shared.url, 'bbbbbbbb', 'a password') });
      await bullmq.connect();
      await bullmq.query('CREATE TABLE bullmq.job (id int)');
      await bullmq.end();
      await emptyDatabase(shared.url, 'bbbbbbbb');
      const left = await client.query<{ name: string }>(`
        SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'v', 'S') AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg\\_%' OR nspname = 'information_schema')
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT nspname FROM pg_namespace WHERE nspname = 'bullmq'
        UNION ALL SELECT rolname FROM pg_roles WHERE rolname = 'weir_queue_bbbbbbbb'`);
      expect(left.rows.map(({ name }) => name)).toEqual(['theirs']);
      await emptyDatabase(shared.url, 'bbbbbbbb');
    } finally {
      await client.end();
      await shared.drop();
    }
  });

  it('needs no superuser: an owner who may make roles prepares, migrates and empties', async () => {
    const shared = await testDatabase();
    const owned = `${new URL(shared.url).pathname.slice(1)}_owned`;
    const admin = new pg.Client({ connectionString: shared.adminUrl });
    await admin.connect();
    try {
      await admin.query(`CREATE ROLE ${owned} LOGIN CREATEROLE PASSWORD 'x'`);
      await admin.query(`CREATE DATABASE ${owned} OWNER ${owned}`);
      const url = Object.assign(new URL(shared.url), { username: owned, password: 'x', pathname: `/${owned}` }).href;
      await migrate(url);
      await prepareQueueRole(url, 'cccccccc', 'a password');
      await prepareQueueRole(url, 'cccccccc', 'another password');
      await emptyDatabase(url, 'cccccccc');
      expect((await admin.query(`SELECT 1 FROM pg_roles WHERE rolname = 'weir_queue_cccccccc'`)).rowCount).toBe(0);
    } finally {
      await admin.query(`DROP DATABASE IF EXISTS ${owned} WITH (FORCE)`);
      await admin.query(`DROP ROLE IF EXISTS ${owned}`);
      await admin.end();
      await shared.drop();
    }
  });
});
