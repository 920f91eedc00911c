import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Installation } from './weir.ts';

/** Runs work with the installation's own database, as its superuser: no row is hidden. */
export async function withDatabase<T>({ dataDir }: Installation, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { databaseUrl } = JSON.parse(readFileSync(join(dataDir, 'plan.json'), 'utf8')) as { databaseUrl: string };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The first column of a query, sorted. */
export const column = (installation: Installation, query: string): Promise<string[]> =>
  withDatabase(installation, async (client) => (await client.query<Record<string, string>>(query)).rows.map((row) => Object.values(row)[0] ?? '').toSorted());
