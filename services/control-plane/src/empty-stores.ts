import { loadConfig } from '@weir/config';
import { emptyDatabase } from '@weir/database';
import { openJobQueue } from '@weir/job-queue';
import { z } from 'zod';

/*
 * Run by `down --destroy`: removes what this installation made in stores that are not its own.
 */
const config = loadConfig(
  z.object({
    DATABASE_URL: z.string().optional().describe('PostgreSQL URL of a database from outside'),
    REDIS_URL: z.string().optional().describe('URL of a Redis from outside'),
    WEIR_INSTALLATION: z.string().describe('the installation’s id'),
  }),
);
if (config.DATABASE_URL) await emptyDatabase(config.DATABASE_URL, config.WEIR_INSTALLATION);
if (config.REDIS_URL) {
  const queue = openJobQueue({ redisUrl: config.REDIS_URL }, { prefix: config.WEIR_INSTALLATION });
  await queue.clear();
  await queue.close();
}
