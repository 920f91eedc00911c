import { queueRoleOf } from '@weir/domain';
import { once } from 'node:events';
import { connect } from 'node:net';
import pg from 'pg';
import type { DataFolder } from './data-folder.ts';
import { Refusal } from './refusal.ts';
import { ProgramFailed, run } from './run.ts';
import type { Settings } from './settings.ts';

const ANSWER_LIMIT_MS = 5000;

/** Before anything starts: the stores from outside answer, and no other installation lives in the database. */
export async function checkOutsideStores({ databaseUrl, redisUrl }: Settings, installation: string): Promise<void> {
  if (databaseUrl) await checkDatabase(databaseUrl, installation);
  if (redisUrl) await checkRedis(redisUrl);
}

async function checkDatabase(url: string, installation: string): Promise<void> {
  if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '')) throw new Refusal('database.url_invalid', 'DATABASE_URL is not a PostgreSQL URL: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE.');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_LIMIT_MS });
  client.on('error', () => undefined); // ends with the query that meets it
  try {
    await client.connect();
    const { rows } = await client.query<{ owner: string }>(`SELECT nspowner::regrole::text AS owner FROM pg_namespace WHERE nspname = 'bullmq'`);
    const owner = rows[0]?.owner;
    if (owner !== undefined && owner !== queueRoleOf(installation)) throw new Refusal('database.taken', 'The database of DATABASE_URL belongs to another installation. Give each its own, or remove the other with down --destroy.');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('database.unreachable', `The database of DATABASE_URL does not answer: ${reason(error)}.`, { cause: error });
  } finally {
    await client.end();
  }
}

async function checkRedis(text: string): Promise<void> {
  const url = URL.parse(text);
  if (!url || !/^rediss?:$/.test(url.protocol)) throw new Refusal('redis.url_invalid', 'REDIS_URL is not a Redis URL: write redis://HOST:PORT/NUMBER.');
  const socket = connect({ host: url.hostname || '127.0.0.1', port: Number(url.port || 6379) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
  } catch (error) {
    throw new Refusal('redis.unreachable', `The Redis of REDIS_URL does not answer: ${reason(error)}.`, { cause: error });
  } finally {
    socket.destroy();
  }
}

const reason = (error: unknown): string => (error instanceof AggregateError ? reason(error.errors[0]) : error instanceof Error ? error.message : String(error));

/**
 * Removes what this installation made in stores from outside.
 *
 * @returns what was left there and why: a store that is gone must not keep the rest from being removed
 */
export async function emptyOutsideStores(root: string, data: DataFolder): Promise<string[]> {
  const { databaseUrl, redisUrl } = data.settings;
  const left: string[] = [];
  for (const [name, url] of [['DATABASE_URL', databaseUrl], ['REDIS_URL', redisUrl]] as const) {
    if (!url) continue;
    try {
      await run(process.execPath, [`${root}/services/control-plane/dist/empty-stores.js`], { cwd: root, env: { PATH: process.env['PATH'], WEIR_INSTALLATION: data.installation, [name]: url } });
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error;
      left.push(`what this installation made in the store of ${name}`);
    }
  }
  return left;
}
