import pg from 'pg';

/**
 * The database as the owner of the queue's schema sees it.
 *
 * BullMQ makes its tables when it is first used. The workers' role must own them, so the
 * control plane acts as that role too; where nobody prepared one, as itself.
 */
export async function queueUrl(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ owner: string }>(`
      SELECT r.rolname AS owner FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
      WHERE n.nspname = 'bullmq' AND r.rolname <> current_user AND pg_has_role(current_user, r.oid, 'MEMBER')`);
    const url = new URL(databaseUrl);
    // BullMQ would say the search path in `options` itself, but ours win.
    if (rows[0]) url.searchParams.set('options', `-c role=${rows[0].owner} -c search_path=bullmq,public`);
    return url.href;
  } finally {
    await client.end();
  }
}
