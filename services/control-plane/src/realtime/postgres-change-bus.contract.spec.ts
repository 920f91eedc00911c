import { testDatabase, type TestDatabase } from '@weir/database/testing';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from './change-bus.ts';
import { describeSharedChangeBus } from './describe-change-bus.ts';
import { PostgresChangeBus } from './postgres-change-bus.ts';

const log = pino({ level: 'silent' });
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const open = () => PostgresChangeBus.open(database.url, log);
describeSharedChangeBus('PostgresChangeBus', open);

describe('PostgresChangeBus', () => {
  it('hears again after its connection was cut', async () => {
    const bus = await open();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const connections = async () => (await client.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE application_name = 'weir-changes' AND datname = current_database()")).rows.map(({ pid }) => pid);
      const before = await connections();
      expect(before).toHaveLength(1);
      await client.query('SELECT pg_terminate_backend($1)', before);
      await expect.poll(async () => (await connections()).filter((pid) => !before.includes(pid)), { timeout: 5000 }).toHaveLength(1);
      const heard: Change[] = [];
      bus.subscribe((change) => void heard.push(change));
      await expect.poll(async () => {
        await client.query("SELECT pg_notify('weir_change', 'routes ')");
        return heard;
      }, { timeout: 5000 }).toContainEqual({ kind: 'routes', id: '' });
    } finally {
      await client.end();
      await bus.close();
    }
  });

  it("carries the changes of the database's own triggers, once committed", async () => {
    const bus = await open();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const heard: Change[] = [];
      bus.subscribe((change) => void heard.push(change));
      await client.query('BEGIN');
      await client.query(`UPDATE "cursor" SET "value" = "value" + 1 WHERE "feed" = 'instances'`);
      await bus.publish({ kind: 'log', id: 'before' });
      await expect.poll(() => heard).toContainEqual({ kind: 'log', id: 'before' });
      expect(heard).toHaveLength(1);
      await client.query('COMMIT');
      await expect.poll(() => heard).toContainEqual({ kind: 'instances', id: '' });
    } finally {
      await client.end();
      await bus.close();
    }
  });
});
