import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RouteSnapshot } from '@weir/contracts';
import type { Logger } from '@weir/telemetry';

/** Between two writes: of thousands of routes, each changes on its own. */
const PAUSE_MS = 200;

/**
 * The last snapshot on disk (`docs/route-snapshot.md`): with it the gateway starts and serves when
 * everything else is dead.
 */
export class SnapshotFile {
  #read: (() => RouteSnapshot | undefined) | undefined;
  #writing: Promise<void> | undefined;

  constructor(private readonly path: string, private readonly log: Logger) {}

  /** The snapshot it holds; none if there is no file or none that can be read. */
  load(): RouteSnapshot | undefined {
    if (!existsSync(this.path)) return undefined;
    try {
      return RouteSnapshot.parse(JSON.parse(readFileSync(this.path, 'utf8')));
    } catch (error) {
      this.log.error({ err: error, path: this.path }, 'snapshot.unreadable');
      return undefined;
    }
  }

  /** Writes what `read` gives, soon; asked while it writes, it writes once more. */
  save(read: () => RouteSnapshot | undefined): Promise<void> {
    this.#read = read;
    return (this.#writing ??= this.#drain().finally(() => (this.#writing = undefined)));
  }

  async #drain(): Promise<void> {
    for (let read = this.#read; read; read = this.#read) {
      this.#read = undefined;
      const snapshot = read();
      if (!snapshot) continue;
      await replaceFile(this.path, JSON.stringify(snapshot)).catch((error: unknown) => this.log.error({ err: error, path: this.path }, 'snapshot.unsaved'));
      await delay(PAUSE_MS, undefined, { ref: false });
    }
  }
}

/** The affinity key beside the snapshot: made once, so that bindings outlive the process. */
export async function affinityKey(snapshotPath: string): Promise<Uint8Array> {
  const path = `${snapshotPath}.key`;
  if (existsSync(path)) {
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
    if (key.length >= 32) return key;
  }
  const key = randomBytes(32);
  await replaceFile(path, key.toString('base64'));
  return key;
}

/** Old or new, never half: written aside, flushed, renamed. */
async function replaceFile(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(aside, text, { mode: 0o600 });
  const file = await open(aside, 'r');
  await file.sync().finally(() => file.close());
  await rename(aside, path);
}
