import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = join('tools', 'prisma', 'migrate.mjs');

/** The folder above this code that holds the migrations: the checkout, or the image's root. */
export function rootAbove(folder: string): string {
  if (existsSync(join(folder, SCRIPT))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`${SCRIPT} is in no folder above ${import.meta.dirname}`);
  return rootAbove(parent);
}

/**
 * Brings the database to this version's schema; makes the database if it is missing.
 *
 * Runs in a process of its own, because the schema engine keeps a timer running after its work.
 */
export async function migrate(url: string): Promise<void> {
  const root = rootAbove(import.meta.dirname);
  await promisify(execFile)(process.execPath, [join(root, SCRIPT), 'deploy'], { cwd: root, env: { DATABASE_URL: url } });
}
