import type { RepositoryTree } from '../repository-tree.ts';
import { Unmapped } from './unmapped.ts';

/** Characters that patterns are compared with: some tenths of a second. */
const MOST_COMPARED = 20_000_000;

/** A repository's files and folders, and patterns of them. */
export class RepositoryPaths {
  readonly #sorted: readonly string[];
  #compared = 0;

  constructor(private readonly tree: RepositoryTree) {
    this.#sorted = [...tree.files.keys()].sort();
  }

  has(path: string): boolean {
    return this.tree.files.has(path) || this.isFolder(path);
  }

  /** Whether files are below it: deep ones have far more folders than could be listed. */
  isFolder(path: string): boolean {
    if (path === '') return true;
    const start = `${path}/`;
    let [from, to] = [0, this.#sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#sorted[middle] ?? '') < start) from = middle + 1;
      else to = middle;
    }
    return this.#sorted[from]?.startsWith(start) ?? false;
  }

  /** Files and folders that a pattern names, as Go's `filepath.Match` understands it. @throws Unmapped where it takes too long */
  named(pattern: string): string[] {
    const parts = pattern.split('/').length;
    const found: string[] = [];
    let last: string | undefined;
    for (const path of this.#sorted) {
      const candidate = firstParts(path, parts);
      if (candidate === undefined || candidate === last) continue; // what is in one folder stands together
      last = candidate;
      if (this.#matches(pattern, candidate)) found.push(candidate);
    }
    return found;
  }

  /** A star goes back at most to itself, so that no pattern takes long for one path. */
  #matches(glob: string, path: string): boolean {
    let star = -1;
    let from = 0;
    let at = 0;
    for (let i = 0; i < path.length; ) {
      if (++this.#compared > MOST_COMPARED) throw new Unmapped('its patterns are compared with more names than is done here');
      if (glob[at] === '*') {
        star = at++;
        from = i;
      } else if (glob[at] === path[i] || (glob[at] === '?' && path[i] !== '/')) {
        at++;
        i++;
      } else if (star >= 0 && path[from] !== '/') {
        at = star + 1;
        i = ++from;
      } else return false;
    }
    return /^\**$/.test(glob.slice(at));
  }
}

/** The first so many parts of a path; `undefined` where it has fewer. */
function firstParts(path: string, count: number): string | undefined {
  let at = -1;
  for (let part = 0; part < count; part++) {
    at = path.indexOf('/', at + 1);
    if (at === -1) return part === count - 1 ? path : undefined;
  }
  return path.slice(0, at);
}
