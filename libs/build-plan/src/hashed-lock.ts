import { normalName } from '@weir/domain';
import { isTable, readToml, type Table, textIn } from './toml.ts';

/** The lines of a list of installed packages that came from an index: a place cannot be looked up by version. */
export const fromIndexes = (frozen: string): string => frozen.split('\n').filter((line) => /^[\w.-]+==\S+$/.test(line)).join('\n');

/**
 * A lock: what is installed, each package that came from an index with the hashes of the files that fit this
 * Python. Installing by it takes these files or fails.
 *
 * @param frozen what `uv pip freeze` says
 * @param pylock the same packages as `uv pip compile --format pylock.toml` found them in the index
 */
export function hashedLock(frozen: string, pylock: string): string {
  const packages = readToml('pylock.toml', pylock)['packages'];
  const hashes = new Map((Array.isArray(packages) ? packages : []).filter(isTable).map((found) => [keyOf(textIn(found, 'name') ?? '', textIn(found, 'version') ?? ''), hashesOf(found)]));
  return frozen.split('\n').map((line) => {
    const [, name, version] = /^([\w.-]+)==(\S+)$/.exec(line) ?? [];
    const known = name === undefined || version === undefined ? undefined : hashes.get(keyOf(name, version));
    return [line, ...(known ?? []).map((hash) => `--hash=sha256:${hash}`)].join(' ');
  }).join('\n');
}

const keyOf = (name: string, version: string): string => `${normalName(name)}==${version}`;

/** Of the wheels; of what has none that fits, of its source. */
function hashesOf(found: Table): string[] {
  const wheels = hashesIn(found['wheels']);
  return wheels.length > 0 ? wheels : hashesIn([found['sdist']]);
}

const hashesIn = (files: unknown): string[] =>
  (Array.isArray(files) ? files : []).filter(isTable).flatMap(({ hashes }) => (isTable(hashes) ? [textIn(hashes, 'sha256') ?? ''] : [])).filter((hash) => /^[0-9a-f]{64}$/.test(hash));
