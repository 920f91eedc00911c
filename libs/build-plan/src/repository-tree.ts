/** One file of a commit. `text` is there only where {@link isPlanFile} asked for it and it could be read as text. */
export interface TreeFile {
  /** Bytes. */
  readonly size: number;
  readonly text?: string;
}

/** What a commit holds, as far as planning needs it. Paths are relative to the root, with `/`. */
export interface RepositoryTree {
  readonly files: ReadonlyMap<string, TreeFile>;
}

const NAMES = new Set(['uv.lock', 'pyproject.toml', 'poetry.lock', 'Pipfile', 'Pipfile.lock', 'environment.yml', 'environment.yaml', 'packages.txt', '.python-version', 'runtime.txt']);
const MAX_SCRIPT_BYTES = 262_144;
const MAX_PLAN_FILE_BYTES = 4_194_304;
/** Requirements files include others under any name; lists of packages are small. */
const MAX_INCLUDED_BYTES = 65_536;

/** Folders whose files are never the app itself. */
const FOREIGN = /(^|\/)(\.git|\.github|\.venv|venv|env|node_modules|__pycache__|site-packages|\.tox|\.ipynb_checkpoints)(\/|$)/;

export const isForeign = (path: string): boolean => FOREIGN.test(path);
export const depthOf = (path: string): number => path.split('/').length - 1;
export const dirOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const inDir = (dir: string, name: string): string => (dir === '' ? name : `${dir}/${name}`);

/**
 * Whether planning wants to read this file's text. Files that requirements files include
 * under other names are told afterwards, by `planFilesMissing`.
 *
 * @param size bytes, so that large files are not loaded
 */
export function isPlanFile(path: string, size = 0): boolean {
  if (isForeign(path)) return false;
  const name = baseOf(path);
  if (name.endsWith('.py')) return depthOf(path) <= 2 && size <= MAX_SCRIPT_BYTES;
  if (size > MAX_PLAN_FILE_BYTES) return false;
  if (path === 'Dockerfile' || NAMES.has(name) || /(^|\/)\.streamlit\/config\.toml$/.test(path)) return true;
  return /\.(txt|in|pip)$/.test(name) && (/require|constraint/i.test(path) || size <= MAX_INCLUDED_BYTES);
}

/** `path` as written in a file of folder `dir`, from the repository's root; `undefined` where it leaves the repository. */
export function resolveIn(dir: string, path: string): string | undefined {
  if (path.startsWith('/') || path.includes('\\') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of `${dir}/${path}`.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
