import { randomUUID } from 'node:crypto';
import { testDatabase, type TestDatabase } from '@weir/database/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { openJobQueue } from '../src/index.ts';
import { describeJobQueue } from '../src/testing.ts';

describe('BullMQ on Postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await testDatabase()));
  afterAll(() => database.drop());

  describeJobQueue('BullmqJobQueue', async () => openJobQueue({ postgresUrl: database.url }, { prefix: randomUUID(), onError: () => {} }));
});
