import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { ChangeBus } from './change-bus.ts';
import { PostgresChangeBus } from './postgres-change-bus.ts';
import { RedisChangeBus } from './redis-change-bus.ts';

/**
 * Redis where there is one, else Postgres. Postgres's triggers are the source in both
 * cases: each replica passes on what it hears, and hearing something twice does no harm.
 */
export async function openChangeBus({ databaseUrl, redisUrl, installation }: Pick<Config, 'databaseUrl' | 'redisUrl' | 'installation'>, log: Logger): Promise<ChangeBus> {
  const source = await PostgresChangeBus.open(databaseUrl, log);
  return redisUrl ? RedisChangeBus.open(redisUrl, { prefix: `weir-${installation}`, log, source }) : source;
}
