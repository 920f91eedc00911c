import type { Sandbox } from '../sandbox/sandbox.ts';
import { ByteReader } from './byte-reader.ts';
import { type ReadCommit, readCommit } from './read-commit.ts';
import type { SourceArchive } from './source-archive.ts';
import { MAX_FILES, MAX_SOURCE_BYTES } from './source-rules.ts';

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
    return await readCommit(reader, archive);
  } finally {
    reader.end();
    await exported;
  }
}
