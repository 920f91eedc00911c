import { type RunningStore, startRedis } from '@weir/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from './change-bus.ts';
import { describeSharedChangeBus } from './describe-change-bus.ts';
import { InProcessChangeBus } from './in-process-change-bus.ts';
import { RedisChangeBus } from './redis-change-bus.ts';

describe('on Redis', () => {
  const log = pino({ level: 'silent' });
  let redis: RunningStore;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());

  describeSharedChangeBus('RedisChangeBus', () => RedisChangeBus.open(redis.url, { prefix: 'test', log }));

  it('passes on what its source tells, to every replica', async () => {
    const source = new InProcessChangeBus();
    const [here, there] = [await RedisChangeBus.open(redis.url, { prefix: 'fed', log, source }), await RedisChangeBus.open(redis.url, { prefix: 'fed', log })];
    const heard = new Promise<Change>((resolve) => void there.subscribe(resolve));
    await source.publish({ kind: 'app', id: 'app_5' });
    expect(await heard).toEqual({ kind: 'app', id: 'app_5' });
    await Promise.all([here.close(), there.close()]);
  });

  it('still tells its own listeners while Redis is away', async () => {
    const gone = await startRedis();
    const bus = await RedisChangeBus.open(gone.url, { prefix: 'gone', log });
    await gone.stop();
    const heard = new Promise<Change>((resolve) => void bus.subscribe(resolve));
    await bus.publish({ kind: 'app', id: 'app_6' });
    expect(await heard).toEqual({ kind: 'app', id: 'app_6' });
    await bus.close();
  });
});
