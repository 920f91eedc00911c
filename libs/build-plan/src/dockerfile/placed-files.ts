import type { RepositoryPaths } from './repository-paths.ts';
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
const MOST_LOOKED_AT = 1_000_000;

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

/** Which of the repository's files lie where in the image that a Dockerfile describes. */
export class PlacedFiles {
  readonly #placed: Placed[];
  readonly #read = new Set<Placed>();
  #patterns = 0;
  #lookedAt = 0;

  constructor(
    private readonly repository: RepositoryPaths,
    before: readonly Placed[] = [],
  ) {
    this.#placed = [...before];
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
    const intoFolder = from.length > 1 || /(^|\/)\.?$/.test(target) || FOLDERS.has(to) || to === workdir || this.#placed.some((other) => below(to, other.to) !== undefined && (other.to !== to || this.repository.isFolder(other.from)));
    for (const path of from) this.#placed.push({ from: path, to: this.repository.isFolder(path) || !intoFolder ? to : join(to, path.slice(path.lastIndexOf('/') + 1)), line });
  }

  /** The file or folder of the repository that lies at a path of the image. */
  at(path: string): string | undefined {
    if ((this.#lookedAt += this.#placed.length) > MOST_LOOKED_AT) throw new Unmapped('it names more files than are looked for here');
    for (const placed of this.#placed.toReversed()) {
      const rest = below(placed.to, path);
      const found = rest === undefined ? undefined : join(placed.from, rest);
      if (found === undefined || (rest !== '' && !this.repository.isFolder(placed.from)) || !this.repository.has(found)) continue;
      this.#read.add(placed);
      return found;
    }
    return undefined;
  }

  #matching(source: string): string[] {
    const wanted = imagePath('/', source).slice(1);
    if (!/[*?[]/.test(wanted)) {
      if (this.repository.has(wanted)) return [wanted];
      throw new Unmapped(`the repository has no ${wanted.slice(0, 200)}`);
    }
    if (++this.#patterns > MOST_PATTERNS) throw new Unmapped(`more than ${MOST_PATTERNS} patterns name files`);
    if (wanted.includes('[')) throw new Unmapped(`“${source.slice(0, 100)}” names files by a pattern that is not understood`);
    return this.repository.named(wanted); // none is no fault: the pattern may be there for a file that is optional
  }
}
