import { BullmqJobQueue } from './bullmq-job-queue.ts';
import type { JobQueue } from './job-queue.ts';
import { postgresEngine } from './postgres-engine.ts';
import { redisEngine } from './redis-engine.ts';

/** Redis where there is one, else Postgres. */
export type QueueConnection = { readonly redisUrl: string } | { readonly postgresUrl: string };

interface OpenOptions {
  /** The installation: queues of two of them never meet, in whatever store they share. */
  readonly prefix: string;
  readonly onError?: (error: Error) => void;
}

/** Opens the queue of builds. Connects when it is first used, and again whenever the connection is lost. */
export function openJobQueue(connection: QueueConnection, { prefix, onError = (error) => process.emitWarning(error) }: OpenOptions): JobQueue {
  const engine = 'redisUrl' in connection ? redisEngine(connection.redisUrl, `weir-${prefix}`) : postgresEngine(connection.postgresUrl, prefix);
  return new BullmqJobQueue(engine, onError);
}
