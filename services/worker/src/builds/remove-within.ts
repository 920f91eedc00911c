import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Removes an entry of a folder that a stranger may change meanwhile.
 *
 * The folder is opened once, not followed if it is a link, and `rm` walks from there by open folders
 * (coreutils' fts, openat with O_NOFOLLOW): no path is looked up again that could lead elsewhere by now.
 */
export async function removeWithin(folder: string, name: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(() => undefined);
  if (!handle) return; // not there, or something else in its place: then nothing of ours is in it
  try {
    await run('rm', ['-rf', '--', name], { cwd: `/proc/self/fd/${handle.fd}` });
  } finally {
    await handle.close();
  }
}
