import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = 'infra/images/files';

/**
 * A file of `infra/images/files`, by name.
 *
 * Looked for from this module upwards, because a bundled service runs from its own `dist`.
 */
export function imageAsset(name: string): Buffer {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, FOLDER, name);
    if (existsSync(path)) return readFileSync(path);
    if (dirname(folder) === folder) throw new Error(`${FOLDER}/${name} is not there, seen from ${import.meta.dirname}`);
  }
}
