import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ProgramFailed, run } from '../run.ts';
import type { PostgresHome } from './home.ts';

const START_LIMIT_MS = 60_000;

/** Makes the data folder the first time, with checksums: a torn page is found, not served. */
export async function initialisePostgres(home: PostgresHome, password: string): Promise<void> {
  if (existsSync(`${home.data}/PG_VERSION`)) return;
  const passwordFile = `${home.data}.password`;
  writeFileSync(passwordFile, password, { mode: 0o644 });
  try {
    const args = ['--pgdata', home.data, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'];
    await run(`${home.programs}/bin/initdb`, args, { ...home.user, cwd: '/', env: programEnvironment(home) });
  } catch (error) {
    // A folder half made would be taken for a database at the next start.
    rmSync(home.data, { recursive: true, force: true });
    throw error instanceof ProgramFailed ? new Error(`Postgres could not make its data folder: ${error.output.trim()}`, { cause: error }) : error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

export const programEnvironment = (home: PostgresHome): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LD_LIBRARY_PATH: `${home.programs}/lib`, LC_ALL: 'C.UTF-8' });

export const postgresArguments = (home: PostgresHome, port: number): string[] => [
  '-D', home.data, '-p', String(port),
  ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=120', 'idle_in_transaction_session_timeout=60s', 'lock_timeout=20s', 'log_min_messages=warning'].flatMap((setting) => ['-c', setting]),
];

/** Ends the server that a killed supervisor left running on this data folder. */
export async function stopOrphanPostgres(home: PostgresHome): Promise<boolean> {
  const pidFile = `${home.data}/postmaster.pid`;
  if (!existsSync(pidFile)) return false;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0]);
  const commandLine = `/proc/${pid}/cmdline`;
  if (!existsSync(commandLine) || !readFileSync(commandLine, 'utf8').includes(home.data)) return false;
  process.kill(pid, 'SIGINT'); // fast shutdown: sessions are cut, the data is written
  for (const limit = Date.now() + START_LIMIT_MS; existsSync(`/proc/${pid}`) && Date.now() < limit; ) await delay(50);
  return true;
}

/** Waits until the server takes queries: right after a crash it replays its log first. */
export async function waitForPostgres(url: string): Promise<void> {
  for (const limit = Date.now() + START_LIMIT_MS; ; await delay(100)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    const error = await client.connect().then(() => undefined, (reason: Error) => reason);
    await client.end().catch(() => undefined); // was never open
    if (!error) return;
    if (Date.now() > limit) throw new Error('Postgres did not answer in time', { cause: error });
  }
}
