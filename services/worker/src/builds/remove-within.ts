import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open, opendir } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Of a folder that a stranger may have filled. */
const MOST_ENTRIES = 1000;

/**
 * Removes an entry of a folder that a stranger may change meanwhile.
 *
 * The folder is opened once, not followed if it is a link, and `rm` walks from there by open folders
 * (coreutils' fts, openat with O_NOFOLLOW): no path is looked up again that could lead elsewhere by now.
 */
export function removeWithin(folder: string, name: string): Promise<void> {
  return inside(folder, (opened) => remove(opened, [name]));
}

/** The same for each entry, of the first thousand, that is `unwanted`: asked when all of them are known. */
export function removeAllWithin(folder: string, unwanted: (name: string) => boolean): Promise<void> {
  return inside(folder, async (opened) => {
    const names: string[] = [];
    for await (const { name } of await opendir(opened)) if (names.push(name) >= MOST_ENTRIES) break;
    await remove(opened, names.filter(unwanted));
  });
}

async function inside(folder: string, work: (opened: string) => Promise<void>): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW).catch(() => undefined);
  if (!handle) return; // not there, or something else in its place: then nothing of ours is in it
  try {
    await work(`/proc/self/fd/${handle.fd}`);
  } finally {
    await handle.close();
  }
}

async function remove(cwd: string, names: readonly string[]): Promise<void> {
  if (names.length > 0) await run('rm', ['-rf', '--', ...names], { cwd });
}
