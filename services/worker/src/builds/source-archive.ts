import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';

/** Where the source lies in an app's image. */
export const SOURCE_FOLDER = 'opt/weir/source';

const NO_TIME = new Date(0); // equal sources make equal layers

/**
 * The tar archive that becomes an image's layer. It is written by us, entry by entry, so
 * it holds only regular files and symlinks with modes we chose, whatever the repository has.
 */
export class SourceArchive {
  readonly #pack: Pack = pack();
  readonly #written: Promise<void>;

  constructor(readonly path: string) {
    this.#written = pipeline(this.#pack, createWriteStream(path));
    this.#written.catch(() => undefined); // heard by finish()
  }

  async file(path: string, size: number, executable: boolean, content: AsyncIterable<Buffer>): Promise<void> {
    await this.#entry({ name: `${SOURCE_FOLDER}/${path}`, size, mode: executable ? 0o755 : 0o644, mtime: NO_TIME }, content);
  }

  async link(path: string, target: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#pack.entry({ name: `${SOURCE_FOLDER}/${path}`, type: 'symlink', linkname: target, mode: 0o777, mtime: NO_TIME }, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** A file of the platform, outside the source. */
  async platformFile(path: string, content: Buffer): Promise<void> {
    await this.#entry({ name: path, size: content.length, mode: 0o644, mtime: NO_TIME }, [content]);
  }

  async finish(): Promise<void> {
    this.#pack.finalize();
    await this.#written;
  }

  async #entry(header: { name: string; size: number; mode: number; mtime: Date }, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const done = Promise.withResolvers<void>();
    const entry = this.#pack.entry(header, (error) => (error ? done.reject(error) : done.resolve()));
    for await (const chunk of content) if (!entry.write(chunk)) await new Promise<void>((resolve) => entry.once('drain', () => resolve()));
    entry.end(null);
    await done.promise;
  }
}
