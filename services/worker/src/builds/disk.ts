import { execFile } from 'node:child_process';
import { lstat, open, opendir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** At the root of a disk; builds make three. */
const MOST_FOLDERS = 20;

/** Sparse: it takes from the host what was written to it. Whole or not there. */
export async function makeDisk(file: string, size: number): Promise<void> {
  const half = `${file}.new`;
  await rm(half, { force: true });
  const handle = await open(half, 'wx', 0o600);
  await handle.truncate(size).finally(() => handle.close());
  await run('mkfs.ext4', ['-q', '-m', '0', '-E', 'lazy_itable_init=1,lazy_journal_init=1,nodiscard', half]);
  await rename(half, file);
}

export const freeBytes = async (path: string): Promise<number> => {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
};

/** Room for another build: bytes, and names for files. */
export const isHalfFree = async (path: string): Promise<boolean> => {
  const { bavail, blocks, ffree, files } = await statfs(path);
  return bavail > blocks / 2 && ffree > files / 2;
};

/** Whether a few folders lie on it that can be worked in: a build may have left anything in their place. Looked at, never followed. */
export const isSound = async (folder: string): Promise<boolean> => {
  let count = 0;
  for await (const entry of await opendir(folder)) {
    if (++count > MOST_FOLDERS || !entry.isDirectory()) return false;
    if (((await lstat(join(folder, entry.name))).mode & 0o700) !== 0o700) return false;
  }
  return true;
};

export const isMounted = async (folder: string): Promise<boolean> => (await stat(folder)).dev !== (await stat(dirname(folder))).dev;

export const exists = async (path: string): Promise<boolean> => stat(path).then(() => true, () => false);
