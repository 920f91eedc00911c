import { migrate, prepareQueueRole } from '@weir/database';
import { openJobQueue } from '@weir/job-queue';
import { type RunningStore, startPostgres, startRedis } from '@weir/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from './realtime/change-bus.ts';
import { RedisChangeBus } from './realtime/redis-change-bus.ts';
import type { Caller } from './testing/caller.ts';
import { type RunningControlPlane, runControlPlane } from './testing/running-control-plane.ts';

const INSTALLATION = 'abcdefgh';
const QUEUE_PASSWORD = 'a-password-of-the-queues-role';
const onError = (): void => undefined;

describe('a control plane with a PostgreSQL and a Redis outside the installation', () => {
  let postgres: RunningStore;
  let redis: RunningStore;
  let plane: RunningControlPlane;
  let owner: Caller;
  let queueUrl: string;
  beforeAll(async () => {
    [postgres, redis] = [await startPostgres(), await startRedis()];
    await migrate(postgres.url);
    queueUrl = await prepareQueueRole(postgres.url, INSTALLATION, QUEUE_PASSWORD);
    plane = await runControlPlane({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
    owner = await plane.caller('owner');
  });
  afterAll(async () => {
    await plane.close();
    await redis.stop();
    await postgres.stop();
  });

  it('hands its builds to workers through that Redis', async () => {
    const worker = openJobQueue({ redisUrl: redis.url }, { prefix: INSTALLATION, onError });
    const got = Promise.withResolvers<string>();
    await worker.work(async ({ deployment }) => got.resolve(deployment), { concurrency: 1 });
    const { id } = await owner.deploy((await owner.app()).id);
    expect(await got.promise).toBe(id);
    expect(await plane.db.deployment.count({ where: { id } })).toBe(1);
    await worker.close();
  });

  it('tells its other replicas of changes through that Redis', async () => {
    const replica = await RedisChangeBus.open(redis.url, { prefix: `weir-${INSTALLATION}`, log: pino({ level: 'silent' }) });
    const heard: Change[] = [];
    replica.subscribe((change) => void heard.push(change));
    const { id } = await owner.app();
    await expect.poll(() => heard).toContainEqual({ kind: 'app', id });
    await replica.close();
  });

  it('can have its queue in that PostgreSQL, by a role that sees nothing else', async () => {
    const queue = openJobQueue({ postgresUrl: queueUrl }, { prefix: INSTALLATION, onError });
    const got = Promise.withResolvers<string>();
    await queue.work(async ({ deployment }) => got.resolve(deployment), { concurrency: 1 });
    const { id } = await owner.deploy((await owner.app()).id);
    await queue.add({ deployment: id });
    expect(await got.promise).toBe(id);
    await queue.close();
  });
});
