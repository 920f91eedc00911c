import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { openJobQueue } from '../src/index.ts';
import { describeJobQueue } from '../src/testing.ts';
import type { RunningEngine } from './start-redis.ts';
import { startPostgres } from './start-postgres.ts';

describe('BullMQ on Postgres', () => {
  let postgres: RunningEngine;
  beforeAll(async () => void (postgres = await startPostgres()));
  afterAll(() => postgres.stop());

  describeJobQueue('BullmqJobQueue', async () => openJobQueue({ postgresUrl: postgres.url }, { prefix: randomUUID(), onError: () => {} }));
});
