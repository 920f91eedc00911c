import { createPostgresBackend, Queue, Worker } from 'bullmq';
import type { BuildJob } from '@weir/contracts';
import { type Engine, QUEUE_NAME, WORKER_SETTINGS } from './engine.ts';

/** BullMQ on Postgres, in its schema `bullmq`, where there is no Redis. */
export function postgresEngine(connectionString: string, prefix: string): Engine {
  // That backend knows no prefix: installations that share a database differ by the queue's name.
  const name = `${QUEUE_NAME}-${prefix}`;
  const connection = { connectionString, migrate: true, connectionTimeoutMillis: 5000 };
  return {
    openQueue: () => new Queue(name, { connection: { ...connection, max: 2 } }, createPostgresBackend),
    openWorker: (process, concurrency) => new Worker<BuildJob, void, string, ReturnType<typeof createPostgresBackend>, number, typeof connection>(name, process, { connection, concurrency, ...WORKER_SETTINGS }, createPostgresBackend as never),
  };
}
