import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

/** A tar archive of a few small files, as a stream that an engine reads. */
export function tarOf(files: readonly { readonly name: string; readonly content: string | Buffer }[]): NodeJS.ReadableStream {
  const archive = pack();
  for (const { name, content } of files) archive.entry({ name, mode: 0o644 }, content);
  archive.finalize();
  return Readable.from(archive);
}
