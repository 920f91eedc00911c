import { migrate, prepareQueueRole } from '@weir/database';
import { z } from 'zod';
import { loadConfig } from '@weir/config';

/*
 * Run once before the control plane starts: brings the database to this version's schema and
 * makes the role with which workers reach the queue.
 */
const config = loadConfig(
  z.object({
    DATABASE_URL: z.string().describe('PostgreSQL URL of the product’s database'),
    WEIR_INSTALLATION: z.string().describe('the installation’s id'),
    WEIR_QUEUE_PASSWORD: z.string().min(20).describe('password that the queue’s role gets'),
  }),
);
await migrate(config.DATABASE_URL);
await prepareQueueRole(config.DATABASE_URL, config.WEIR_INSTALLATION, config.WEIR_QUEUE_PASSWORD);
