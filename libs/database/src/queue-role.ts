import pg from 'pg';

export const QUEUE_ROLE = 'weir_queue';
export const QUEUE_SCHEMA = 'bullmq';

/**
 * Makes the role with which a worker reaches its queue and nothing else: it owns the schema
 * `bullmq` and has no right to any of the product's tables. May be repeated; sets the password anew.
 *
 * @returns the URL with which the role connects
 */
export async function prepareQueueRole(url: string, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const secret = pg.escapeLiteral(password);
    const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [QUEUE_ROLE]);
    await client.query(`${known.rowCount ? 'ALTER' : 'CREATE'} ROLE ${QUEUE_ROLE} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${secret}`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${QUEUE_SCHEMA} AUTHORIZATION ${QUEUE_ROLE}`);
    // BullMQ says `CREATE SCHEMA IF NOT EXISTS`, which PostgreSQL refuses without this right even where the schema is there.
    await client.query(`GRANT CREATE, CONNECT ON DATABASE ${pg.escapeIdentifier(new URL(url).pathname.slice(1))} TO ${QUEUE_ROLE}`);
    await client.query(`REVOKE ALL ON SCHEMA public FROM PUBLIC`);
  } finally {
    await client.end();
  }
  return Object.assign(new URL(url), { username: QUEUE_ROLE, password }).href;
}
