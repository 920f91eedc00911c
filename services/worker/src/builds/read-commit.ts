import { type AbsentFiles, decodeText, type RepositoryTree, type TreeFile, isPlanFile } from '@weir/build-plan';
import { isChecked } from '@weir/deploy-check';
import type { Warning } from '@weir/domain';
import { z } from 'zod';
import type { ByteReader } from './byte-reader.ts';
import { failed } from './build-failed.ts';
import type { SourceArchive } from './source-archive.ts';
import { isLfsPointer, kindOf, linkTarget, MAX_FILES, MAX_SOURCE_BYTES, pathProblem, SECRETS_FILE } from './source-rules.ts';

/** Cut in the middle of no character; the sandbox counts in others than we do. */
const text = (length: number) => z.string().transform((given) => given.slice(0, length).toWellFormed());
const Head = z.union([
  z.object({ error: z.string(), detail: z.string() }),
  z.object({ commit: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/), author: text(200), message: text(500), head: z.string().max(5000), files: z.number().int() }),
]);
const Entry = z.object({ mode: z.string().max(6), path: z.base64(), size: z.number().int().min(0) });

/** Texts that planning or the syntax check may ask for, kept in memory up to this much. */
const MAX_KEPT_BYTES = 48 * 2 ** 20;
const MAX_KEPT_FILE = 1_048_576;
/** Those that only the deploy check asks for. */
const MAX_CHECKED_BYTES = 16 * 2 ** 20;
const keeps = (path: string, size: number): boolean => isPlanFile(path, size) || (/\.(py|txt)$/.test(path) && size <= MAX_KEPT_FILE);

/** A commit as planning sees it, its files written to an archive meanwhile. */
export interface ReadCommit {
  readonly commit: string;
  readonly author: string;
  readonly message: string;
  /** What the repository's HEAD names. */
  readonly head: string;
  readonly tree: RepositoryTree;
  readonly contents: ReadonlyMap<string, Buffer>;
  /** Files that the deploy check reads as well, a committed secrets.toml among them. */
  readonly checkOnly: ReadonlyMap<string, Buffer>;
  readonly bytes: number;
  readonly warnings: readonly Warning[];
  /** What the commit only points to. */
  readonly absent: AbsentFiles;
}

const REFUSALS: Readonly<Record<string, (detail: string) => ReturnType<typeof failed>>> = {
  too_many_files: () => failed('fetch', 'source.too_large', `The repository has more than ${MAX_FILES.toLocaleString('en')} files.`, 'Keep data and generated files out of the repository.'),
  too_large: () => failed('fetch', 'source.too_large', `The repository's files are larger than ${MAX_SOURCE_BYTES / 2 ** 20} MB together.`, 'Keep large data out of the repository and load it when the app runs.'),
  bad_name: () => failed('fetch', 'source.unreadable', 'The repository has a path that is far too long.', 'Rename what lies so deep, and push again.'),
  unreadable: () => failed('fetch', 'source.unreadable', 'The files of this commit cannot be read.', 'Push the branch again from a complete clone.'),
  empty: () => failed('fetch', 'source.empty', 'The repository has no commits yet.', 'Commit the app and push it.'),
  no_such_revision: (detail) => failed('fetch', 'source.branch_not_found', `The repository has no ${detail.replace('refs/heads/', 'branch ')}.`, "Choose a branch that exists in the app's settings."),
};

/**
 * Reads what `export_tree.py` writes. The sandbox that wrote it handled a stranger's
 * repository, so every name, mode and size is judged here again.
 *
 * @param archive gets the files; without it they are only looked at
 */
export async function readCommit(reader: ByteReader, archive?: SourceArchive): Promise<ReadCommit> {
  const head = Head.parse(JSON.parse((await reader.line()) ?? '{}'));
  if ('error' in head) throw (REFUSALS[head.error] ?? REFUSALS['unreadable'])?.(head.detail) ?? new Error(head.error);
  const files = new Map<string, TreeFile>();
  const contents = new Map<string, Buffer>();
  const checkOnly = new Map<string, Buffer>();
  const links = new Map<string, string>();
  const seen = { submodules: [] as string[], lfs: [] as string[], left: [] as string[], secrets: [] as string[] };
  let bytes = 0;
  let count = 0;
  let kept = 0;
  let checked = 0;

  for (let line = await reader.line(); line !== undefined; line = await reader.line()) {
    const { mode, path: encoded, size } = Entry.parse(JSON.parse(line));
    const path = Buffer.from(encoded, 'base64').toString('utf8');
    const kind = kindOf(mode);
    bytes += size;
    if (++count > MAX_FILES) throw REFUSALS['too_many_files']?.('');
    if (bytes > MAX_SOURCE_BYTES) throw REFUSALS['too_large']?.('');
    if (kind === 'submodule') {
      seen.submodules.push(path);
      continue;
    }
    const refused = kind === undefined || path.includes('\uFFFD') ? 'its kind or name is not supported' : pathProblem(path);
    const isSecret = path === SECRETS_FILE || path.endsWith(`/${SECRETS_FILE}`);
    if (refused !== undefined || isSecret) {
      (isSecret ? seen.secrets : seen.left).push(path);
      if (isSecret && refused === undefined && isChecked(path, size)) checkOnly.set(path, await whole(reader, size));
      else for await (const _ of reader.bytes(size)) continue;
    } else if (kind === 'link') {
      const target = (await whole(reader, size)).toString('utf8');
      const to = linkTarget(path, target);
      if (to === undefined) seen.left.push(path);
      else {
        links.set(path, to);
        await archive?.link(path, target);
      }
    } else if (size < 1024 || (keeps(path, size) && kept + size <= MAX_KEPT_BYTES)) {
      const content = await whole(reader, size);
      if (isLfsPointer(content)) seen.lfs.push(path);
      kept += size;
      contents.set(path, content);
      files.set(path, treeFile(path, size, content));
      await archive?.file(path, size, kind === 'script', once(content));
    } else if (isChecked(path, size) && checked + size <= MAX_CHECKED_BYTES) {
      const content = await whole(reader, size);
      checked += size;
      checkOnly.set(path, content);
      files.set(path, { size });
      await archive?.file(path, size, kind === 'script', once(content));
    } else {
      files.set(path, { size });
      if (archive) await archive.file(path, size, kind === 'script', reader.bytes(size));
      else for await (const _ of reader.bytes(size)) continue;
    }
  }
  if (count !== head.files) throw new Error('the listing ended early');
  for (const [path, to] of links) {
    const file = files.get(to);
    if (!file) continue;
    const content = contents.get(to);
    files.set(path, treeFile(path, file.size, content));
    if (content) contents.set(path, content);
  }
  return { commit: head.commit, author: head.author, message: head.message, head: head.head, tree: { files }, contents, checkOnly, bytes, warnings: warningsOf(seen), absent: seen };
}

function treeFile(path: string, size: number, content: Buffer | undefined): TreeFile {
  const text = content && isPlanFile(path, size) ? decodeText(content) : undefined;
  return { size, ...(text !== undefined && { text }) };
}

async function* once(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

async function whole(reader: ByteReader, size: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of reader.bytes(size)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function warningsOf({ submodules, lfs, left, secrets }: Record<'submodules' | 'lfs' | 'left' | 'secrets', readonly string[]>): Warning[] {
  const several = (paths: readonly string[]): string => (paths.length === 1 ? `${paths[0]} is` : `${paths[0]} and ${paths.length === 2 ? paths[1] : `${paths.length - 1} others`} are`);
  const list = (paths: readonly string[]): string => paths.slice(0, 20).join('\n');
  return [
    ...(submodules.length > 0 ? [{ code: 'source.submodules', message: submodules.length === 1 ? `${submodules[0]} is a submodule, which is not fetched: its folder is empty.` : `${several(submodules)} submodules, which are not fetched: their folders are empty.`, excerpt: list(submodules) }] : []),
    ...(lfs.length > 0 ? [{ code: 'source.lfs', message: `${several(lfs)} kept in Git LFS, which is not fetched: only ${lfs.length === 1 ? 'its pointer is' : 'their pointers are'} there.`, excerpt: list(lfs) }] : []),
    ...(left.length > 0 ? [{ code: 'source.left_out', message: 'Some paths are left out: links out of the repository, or names that cannot be used.', excerpt: list(left) }] : []),
    ...(secrets.length > 0 ? [{ code: 'source.secrets_committed', message: 'A committed secrets.toml is left out of the image. Remove it from the repository, replace those secrets and set them in the console.', excerpt: list(secrets) }] : []),
  ];
}
