import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RouteSnapshot } from '@weir/contracts';
import type { Logger } from '@weir/telemetry';
import { readSnapshot, SnapshotFaults } from './read-snapshot.ts';

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

  /** The snapshot it holds; none if there is no file or none that can be read. What is wrong with it goes to the log. */
  load(): RouteSnapshot | undefined {
    try {
      return readSnapshot(readFileSync(this.path, 'utf8'));
    } catch (error) {
      if (isMissing(error)) this.log.info({ path: this.path }, 'snapshot.none');
      else this.log.error({ path: this.path, faults: error instanceof SnapshotFaults ? error.faults : [messageOf(error)] }, 'snapshot.unreadable');
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

/**
 * The affinity key beside the snapshot: made once, so that bindings outlive the process. Where it can be neither read
 * nor kept, as in a folder that is read-only, it is one for this run.
 */
export async function affinityKey(snapshotPath: string, log: Logger): Promise<Uint8Array> {
  const path = `${snapshotPath}.key`;
  try {
    const kept = await keptKey(path);
    if (kept) return kept;
    const key = randomBytes(KEY_BYTES);
    await replaceFile(path, key.toString('base64'));
    return key;
  } catch (error) {
    log.warn({ path, reason: messageOf(error) }, 'affinity.key_for_this_run');
    return randomBytes(KEY_BYTES);
  }
}

const KEY_BYTES = 32;

/** None where there is no file, or where it is too short to be a key. */
async function keptKey(path: string): Promise<Uint8Array | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  const key = Buffer.from(text.trim(), 'base64');
  return key.length >= KEY_BYTES ? key : undefined;
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

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
