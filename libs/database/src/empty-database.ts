import { queueRoleOf } from '@weir/domain';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { rootAbove } from './migrate.ts';
import { QUEUE_SCHEMA } from './queue-role.ts';
import { withClient } from './with-client.ts';

/**
 * Removes everything that `migrate` and `prepareQueueRole` ever made, and nothing else of a
 * database that may be shared. All of it or, if anything fails, nothing.
 */
export async function emptyDatabase(url: string, installation: string): Promise<void> {
  const name = queueRoleOf(installation);
  const role = pg.escapeIdentifier(name);
  await withClient(url, async (client) => {
    await client.query('BEGIN');
    for (const table of [...madeByMigrations('TABLE'), '_prisma_migrations']) await client.query(`DROP TABLE IF EXISTS public.${pg.escapeIdentifier(table)} CASCADE`);
    for (const routine of madeByMigrations('FUNCTION')) await client.query(`DROP FUNCTION IF EXISTS public.${pg.escapeIdentifier(routine)} CASCADE`);
    if ((await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])).rowCount) {
      await client.query(`DROP SCHEMA IF EXISTS ${QUEUE_SCHEMA} CASCADE`);
      await client.query(`DROP OWNED BY ${role}`);
      await client.query(`DROP ROLE ${role}`);
    }
    await client.query('COMMIT');
  });
}

function madeByMigrations(kind: 'TABLE' | 'FUNCTION'): string[] {
  const folder = join(rootAbove(import.meta.dirname), 'prisma', 'migrations');
  const scripts = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => readFileSync(join(folder, name, 'migration.sql'), 'utf8'));
  return scripts.flatMap((sql) => [...sql.matchAll(new RegExp(`^CREATE ${kind} "?(\\w+)"?`, 'gm'))].map(([, name]) => name ?? ''));
}
