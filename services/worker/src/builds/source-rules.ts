import { posix } from 'node:path';

export const MAX_FILES = 20_000;
export const MAX_SOURCE_BYTES = 200 * 2 ** 20;
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 1024;
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Never in an image: secrets come from the platform, and Git's own folder tells of other commits. */
export const SECRETS_FILE = '.streamlit/secrets.toml';

/** Why a path cannot be taken over into an image, or `undefined` if it can. */
export function pathProblem(path: string): string | undefined {
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return 'its path is too long';
  if (CONTROL.test(path)) return 'its name has control characters';
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..') return 'its path leaves the repository';
    if (part.toLowerCase() === '.git') return 'it belongs to Git';
    if (Buffer.byteLength(part) > MAX_NAME_BYTES) return 'its name is too long';
  }
  return undefined;
}

/** Where a symlink leads, from the root, or `undefined` if it leads out of the repository. */
export function linkTarget(path: string, target: string): string | undefined {
  if (target === '' || target.startsWith('/') || CONTROL.test(target) || target.length > 1024) return undefined;
  const resolved = posix.normalize(posix.join(posix.dirname(path), target));
  return resolved === '..' || resolved.startsWith('../') || resolved === '.git' || resolved.startsWith('.git/') ? undefined : resolved;
}

/** A file that Git LFS keeps elsewhere: only a pointer to it is in the repository. */
export const isLfsPointer = (content: Buffer): boolean => content.length < 1024 && content.subarray(0, 42).toString('latin1').startsWith('version https://git-lfs.github.com/spec/');

export type EntryKind = 'file' | 'script' | 'link' | 'submodule';

/** Git's modes; any other is not written by Git. */
export const kindOf = (mode: string): EntryKind | undefined => ({ '100644': 'file', '100664': 'file', '100755': 'script', '120000': 'link', '160000': 'submodule' } as const)[mode];
