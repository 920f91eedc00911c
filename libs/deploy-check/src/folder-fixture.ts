import { isPlanFile } from '@weir/build-plan';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isChecked } from './checked-files.ts';

/** The files of a folder as `checkFolder` takes them. */
export function readFolder(folder: string) {
  const sizes = new Map<string, number>();
  const contents = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = relative(folder, join(entry.parentPath, entry.name));
    const { size } = statSync(join(folder, path));
    sizes.set(path, size);
    if (isChecked(path, size) || isPlanFile(path, size)) contents.set(path, readFileSync(join(folder, path)));
  }
  return { sizes, contents };
}
