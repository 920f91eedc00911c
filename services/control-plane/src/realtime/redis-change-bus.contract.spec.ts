import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from './change-bus.ts';
import { describeSharedChangeBus } from './describe-change-bus.ts';
import { InProcessChangeBus } from './in-process-change-bus.ts';
import { RedisChangeBus } from './redis-change-bus.ts';

const PROGRAM = '/usr/bin/redis-server'; // Debian's package redis-server

async function startRedis(): Promise<{ url: string; stop(): Promise<void> }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  const port = typeof address === 'object' && address ? address.port : 0;
  const child = spawn(PROGRAM, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => reject(new Error(`redis-server exited with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => (chunk.toString().includes('Ready to accept') ? resolve() : undefined));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

describe.skipIf(!existsSync(PROGRAM))('on Redis', () => {
  const log = pino({ level: 'silent' });
  let redis: Awaited<ReturnType<typeof startRedis>>;
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
