import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';
import { findPostgresHome } from './postgres/home.ts';
import { stopOrphanPostgres } from './postgres/server.ts';

/** Ends what a supervisor that was killed left behind: Postgres, and services that did not see it go. */
export async function stopOrphanProcesses(data: DataFolder): Promise<void> {
  for (const pid of servicesOf(data.path)) process.kill(pid, 'SIGKILL');
  if (existsSync(data.file('plan.json'))) await stopOrphanPostgres(await findPostgresHome(data));
}

/** Services carry the data folder in their environment. */
function servicesOf(dataDir: string): number[] {
  const mine = `WEIR_DATA_DIR=${dataDir}`;
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid && environmentOf(pid).includes(mine));
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ESRCH') return []; // it ended meanwhile, or is another user's
    throw error;
  }
}
