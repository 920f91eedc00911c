import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * How far each attempt's log was sent. It only saves work: without it a log is read from
 * its beginning, and what was written before is known by its number.
 */
export class LogCursors {
  constructor(private readonly folder: string) {}

  async read(writer: string): Promise<number> {
    const text = await readFile(join(this.folder, writer), 'utf8').catch(() => ''); // none: from the beginning
    return /^\d+$/.test(text) ? Number(text) : -1;
  }

  async write(writer: string, batch: number): Promise<void> {
    const path = join(this.folder, writer);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, String(batch));
    await rename(`${path}.new`, path);
  }

  async forget(writer: string): Promise<void> {
    await rm(join(this.folder, writer), { force: true });
  }
}
