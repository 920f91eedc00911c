import { randomUUID } from 'node:crypto';
import { type RunningStore, startRedis } from '@weir/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJobQueue } from '../src/index.ts';
import { describeJobQueue } from '../src/testing.ts';

describe('BullMQ on Redis', () => {
  let redis: RunningStore;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());

  describeJobQueue('BullmqJobQueue', async () => openJobQueue({ redisUrl: redis.url }, { prefix: randomUUID(), onError: () => {} }));

  it('says soon that it cannot be reached, and never hangs', async () => {
    const gone = await startRedis();
    await gone.stop();
    const queue = openJobQueue({ redisUrl: gone.url }, { prefix: 'gone', onError: () => {} });
    await expect(queue.add({ deployment: 'dep_00000000000000000000000000' })).rejects.toThrow(/cannot be reached|writeable|refused/);
    await queue.close();
  });
});
