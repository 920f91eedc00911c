import { openSync, closeSync, fstatSync, renameSync, write } from 'node:fs';
import { Writable } from 'node:stream';

/** A log file that is moved aside, over the one before it, when it has grown to its limit: two are all there ever are. */
export class RotatingLog extends Writable {
  #file: number;
  #bytes: number;

  constructor(private readonly path: string, private readonly limitBytes: number) {
    super();
    this.#file = open(path);
    this.#bytes = fstatSync(this.#file).size;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#bytes >= this.limitBytes) this.#rotate();
    this.#bytes += chunk.length;
    // A full disk costs lines of the log, never the process that writes them or the one that keeps it running.
    write(this.#file, chunk, () => done());
  }

  override _final(done: () => void): void {
    closeSync(this.#file);
    done();
  }

  #rotate(): void {
    this.#bytes = 0;
    try {
      renameSync(this.path, `${this.path}.1`);
      const next = open(this.path);
      closeSync(this.#file);
      this.#file = next;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // the installation is being deleted, and its logs with it
    }
  }
}

const open = (path: string): number => openSync(path, 'a', 0o600);
