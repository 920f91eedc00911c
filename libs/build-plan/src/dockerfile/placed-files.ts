import type { RepositoryTree } from '../repository-tree.ts';
import { Unmapped } from './unmapped.ts';

/** Where a file or folder of the repository was put. */
interface Placed {
  /** From the repository's root; `''` is the root. */
  readonly from: string;
  /** In the image. */
  readonly to: string;
  /** `null`: it lies there while one command runs, and is not in the image. */
  readonly line: number | null;
}

/** Nobody names more, and each is compared with many others. */
const MOST_PLACED = 2000;
const MOST_PATTERNS = 100;

/** Folders that images of Python have. */
const FOLDERS = new Set(['/', '/tmp', '/opt', '/srv', '/home', '/root', '/usr', '/usr/src', '/usr/local', '/var', '/mnt', '/etc']);

/** A path in the image, from `workdir`. */
export function imagePath(workdir: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${workdir}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The path below a folder, `''` for the folder itself; `undefined` where it is elsewhere. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  const start = folder === '/' ? '/' : `${folder}/`;
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}

const join = (folder: string, rest: string): string => (folder === '/' || folder === '' || rest === '' ? `${folder}${rest}` : `${folder}/${rest}`);

/** Go's `filepath.Match`, by which Dockerfiles name several files; a star goes back at most to itself, so that no pattern takes long. */
function matches(glob: string, path: string): boolean {
  let star = -1;
  let from = 0;
  let at = 0;
  for (let i = 0; i < path.length; ) {
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

/** Which of the repository's files lie where in the image that a Dockerfile describes. */
export class PlacedFiles {
  readonly #placed: Placed[];
  readonly #read = new Set<Placed>();
  readonly #folders: ReadonlySet<string>;
  #patterns = 0;

  constructor(
    private readonly tree: RepositoryTree,
    before: readonly Placed[] = [],
  ) {
    this.#placed = [...before];
    this.#folders = new Set([...tree.files.keys()].flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'))));
  }

  get all(): readonly Placed[] {
    return this.#placed;
  }

  /** Those that an installation read. */
  wasRead(placed: Placed): boolean {
    return this.#read.has(placed);
  }

  /** As `COPY sources… target` does. @throws Unmapped where the repository lacks a source */
  copy(sources: readonly string[], { target, workdir, line }: { target: string; workdir: string; line: number | null }): void {
    const to = imagePath(workdir, target);
    const from = sources.flatMap((source) => this.#matching(source));
    if (this.#placed.length + from.length > MOST_PLACED) throw new Unmapped(`more than ${MOST_PLACED} files are copied one by one`);
    const intoFolder = from.length > 1 || /(^|\/)\.?$/.test(target) || FOLDERS.has(to) || to === workdir || this.#placed.some((other) => below(to, other.to) !== undefined && (other.to !== to || this.#isFolder(other.from)));
    for (const path of from) this.#placed.push({ from: path, to: this.#isFolder(path) || !intoFolder ? to : join(to, path.slice(path.lastIndexOf('/') + 1)), line });
  }

  /** The file or folder of the repository that lies at a path of the image. */
  at(path: string): string | undefined {
    for (const placed of this.#placed.toReversed()) {
      const rest = below(placed.to, path);
      const found = rest === undefined ? undefined : join(placed.from, rest);
      if (found === undefined || (rest !== '' && !this.#isFolder(placed.from)) || !(this.tree.files.has(found) || this.#isFolder(found))) continue;
      this.#read.add(placed);
      return found;
    }
    return undefined;
  }

  #matching(source: string): string[] {
    const wanted = imagePath('/', source).slice(1);
    if (!/[*?[]/.test(wanted)) {
      if (this.tree.files.has(wanted) || this.#isFolder(wanted)) return [wanted];
      throw new Unmapped(`the repository has no ${wanted.slice(0, 200)}`);
    }
    if (++this.#patterns > MOST_PATTERNS) throw new Unmapped(`more than ${MOST_PATTERNS} patterns name files`);
    if (wanted.includes('[')) throw new Unmapped(`“${source.slice(0, 100)}” names files by a pattern that is not understood`);
    return [...this.tree.files.keys(), ...this.#folders].filter((path) => path !== '' && matches(wanted, path)); // none is no fault: the pattern may be there for a file that is optional
  }

  #isFolder(path: string): boolean {
    return path === '' || this.#folders.has(path);
  }
}
