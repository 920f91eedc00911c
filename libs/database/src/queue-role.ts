import { queueRoleOf } from '@weir/domain';
import pg from 'pg';
import { withClient } from './with-client.ts';

export const QUEUE_SCHEMA = 'bullmq';

/**
 * Makes the role with which a worker reaches its queue and nothing else: it owns the schema
 * `bullmq` and has no right to any of the product's tables. May be repeated; sets the password anew.
 *
 * @returns the URL with which the role connects
 */
export async function prepareQueueRole(url: string, installation: string, password: string): Promise<string> {
  const name = queueRoleOf(installation);
  const role = pg.escapeIdentifier(name);
  await withClient(url, async (client) => {
    const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    await client.query(`${known.rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
    // Since PostgreSQL 16 who made a role may not act for it unless it says so.
    await client.query(`GRANT ${role} TO CURRENT_USER`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${QUEUE_SCHEMA} AUTHORIZATION ${role}`);
    // BullMQ says `CREATE SCHEMA IF NOT EXISTS`, which PostgreSQL refuses without this right even where the schema is there.
    await client.query(`GRANT CREATE, CONNECT ON DATABASE ${pg.escapeIdentifier(new URL(url).pathname.slice(1))} TO ${role}`);
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
  });
  return Object.assign(new URL(url), { username: name, password }).href;
}
