import { execFile } from 'node:child_process';
import { type Dirent, type Stats } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { isChecked, isForeign, isPlanned } from '@weir/deploy-check';
import { Refusal } from '@weir/installation/refusal';

const MOST_FILES = 20_000;

/** A folder's files: their sizes, and the contents of those that the check reads. Links are not followed. */
export async function readFolder(folder: string): Promise<{ sizes: Map<string, number>; contents: Map<string, Buffer> }> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new Refusal('check.no_folder', `${folder} is no folder.`);
  const sizes = new Map<string, number>();
  const contents = new Map<string, Buffer>();
  for (const path of (await tracked(folder)) ?? (await walked(folder))) {
    const stats: Stats | undefined = await lstat(join(folder, path)).catch(() => undefined); // tracked, and removed since
    if (!stats?.isFile()) continue;
    if (sizes.size >= MOST_FILES) throw new Refusal('check.too_many_files', `${folder} has more than ${MOST_FILES.toLocaleString('en')} files.`);
    sizes.set(path, stats.size);
    if (isChecked(path, stats.size) || isPlanned(path, stats.size)) contents.set(path, await readFile(join(folder, path)));
  }
  return { sizes, contents };
}

/** What Git has of it, as only that is deployed; `undefined` where it is in no repository, or none of it is committed yet. */
async function tracked(folder: string): Promise<string[] | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', folder, 'ls-files', '-z', '--', '.'], { maxBuffer: 64 * 2 ** 20 });
    const paths = stdout.split('\0').filter((path) => path !== '');
    return paths.length > 0 ? paths : undefined;
  } catch {
    return undefined; // no Git, or no repository: then every file counts
  }
}

async function walked(folder: string): Promise<string[]> {
  const paths: string[] = [];
  const todo = [folder];
  for (let next = todo.pop(); next !== undefined && paths.length <= MOST_FILES; next = todo.pop()) {
    const entries: Dirent[] = await readdir(next, { withFileTypes: true });
    for (const entry of entries) {
      const path = relative(folder, join(next, entry.name)).split(sep).join('/');
      if (entry.isDirectory() && !isForeign(path)) todo.push(join(next, entry.name));
      else if (entry.isFile()) paths.push(path);
    }
  }
  return paths.toSorted();
}
