import type { BuildPlan } from '@weir/build-plan';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Lays files into a folder of a sandbox, outside the source: nothing of them comes into an image. */
export async function handOver(sandbox: Sandbox, folder: string, files: BuildPlan['files']): Promise<void> {
  const archive = pack();
  for (const [name, text] of files) archive.entry({ name }, text);
  archive.finalize();
  const code = await sandbox.run({ argv: ['tar', '-x', '-C', '/tmp', `--one-top-level=${folder}`, '--no-same-owner'], stdin: Readable.from(archive) });
  if (code !== 0) throw new Error(`the installer's files could not be laid out: tar ended with ${code}`);
}
