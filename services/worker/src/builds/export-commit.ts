import type { Sandbox } from '../sandbox/sandbox.ts';
import { ByteReader } from './byte-reader.ts';
import { type ReadCommit, readCommit } from './read-commit.ts';
import type { SourceArchive } from './source-archive.ts';
import { MAX_FILES, MAX_SOURCE_BYTES } from './source-rules.ts';
import { withIncluded } from './with-included.ts';

/** Entry headers come on top of the contents. */
const MAX_OUTPUT_BYTES = MAX_SOURCE_BYTES + 64 * 2 ** 20;

/** Reads a commit of a repository that lies in a sandbox; git runs there, the judgement here. */
export async function exportCommit(sandbox: Sandbox, repository: string, revision: string, archive?: SourceArchive): Promise<ReadCommit> {
  const reader = new ByteReader();
  let words = '';
  const exported = sandbox
    .run({
      argv: ['python3', '/opt/weir/export_tree.py', repository, revision, String(MAX_FILES), String(MAX_SOURCE_BYTES)],
      stdout: (chunk) => reader.write(chunk),
      stderr: (chunk) => void (words = (words + chunk.toString('utf8')).slice(-2000)),
      maxOutputBytes: MAX_OUTPUT_BYTES,
      limitMs: 120_000,
    })
    .then((code) => reader.end(code === 0 ? undefined : new Error(`the export ended with ${code}: ${words}`)), (error: unknown) => reader.end(error));
  try {
    const read = await readCommit(reader, archive);
    return { ...read, tree: await withIncluded(read.tree, async (path) => read.contents.get(path) ?? readBlob(sandbox, repository, `${read.commit}:${path}`)) };
  } finally {
    reader.end();
    await exported;
  }
}

/** One file of a commit; nothing where it cannot be read. */
async function readBlob(sandbox: Sandbox, repository: string, object: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const argv = ['git', '-c', 'safe.directory=*', '-C', repository, 'cat-file', 'blob', object];
  const code = await sandbox.run({ argv, stdout: (chunk) => void chunks.push(chunk), maxOutputBytes: 2 * 2 ** 20, limitMs: 20_000 });
  return code === 0 ? Buffer.concat(chunks) : Buffer.alloc(0);
}
