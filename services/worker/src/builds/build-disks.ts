import { isId, type WorkspaceId } from '@weir/domain';
import type { Logger } from '@weir/telemetry';
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { failed } from './build-failed.ts';
import { exists, freeBytes, isHalfFree, isMounted, isSound, makeDisk } from './disk.ts';
import { KeyedLock } from './keyed-lock.ts';
import { UseCount } from './use-count.ts';

const run = promisify(execFile);
const NEVER = new AbortController().signal;

const GIB = 2 ** 30;
/** What must stay free for Postgres, logs and apps, whatever builds do. */
const HOST_FLOOR_BYTES = 2 * GIB;
/** What tells when a workspace last built: the disk's own file changes with every write. */
const DISK = '.disk';

interface BuildDisksOptions {
  /** Where the disks lie. */
  readonly folder: string;
  /** Size of each, in bytes: what one workspace's caches and builds may use together. */
  readonly size: number;
  /** Who writes on them. */
  readonly uid: number;
  /** Free bytes of the host below which nothing is built. */
  readonly hostFloor?: number;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
}

/** A disk that somebody works on. */
export interface Loan {
  /** Where it is mounted on this host. */
  readonly folder: string;
  /** Called once. */
  readonly giveBack: () => void;
}

/**
 * A disk for each workspace, on which its builds work and keep their caches: a file of the host,
 * mounted, so that a build that writes without end fills its own disk and nobody else's.
 *
 * Everything on it can be fetched again: a disk that is too full for the next build, or that a build left unusable, is made anew, once
 * nobody works on it, and when the host runs full, those on which nobody works are removed, the longest unused first.
 * Where the worker may not mount (not root, or in a container), a plain folder serves, without that limit.
 */
export class BuildDisks {
  readonly #lock = new KeyedLock();
  readonly #users = new UseCount();
  /** Who waits to be lent it. */
  readonly #wanted = new UseCount();
  #plain = false;

  constructor(private readonly options: BuildDisksOptions) {}

  /** What a build may use of it; not known where plain folders serve. */
  get sizeMib(): number | undefined {
    return this.#plain ? undefined : this.options.size / 2 ** 20;
  }

  /** Where they are mounted, or would be. */
  async folders(): Promise<string[]> {
    return (await this.#workspaces()).map((workspace) => join(this.options.folder, workspace));
  }

  /**
   * Lends a workspace's disk. @param signal ends the wait for it, not the loan
   *
   * @throws BuildFailed if the host itself has no room left, or the signal's reason
   */
  async lend(workspace: WorkspaceId, signal = NEVER): Promise<Loan> {
    this.#wanted.begin(workspace);
    const folder = await this.#lock.hold(workspace, () => this.#take(workspace, signal), signal).finally(() => this.#wanted.end(workspace));
    return { folder, giveBack: () => this.#users.end(workspace) };
  }

  async #take(workspace: WorkspaceId, signal: AbortSignal): Promise<string> {
    const folder = join(this.options.folder, workspace);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    if (!(await this.#hasRoom())) {
      throw failed('environment', 'build.host_disk_full', 'The platform’s own disk is nearly full, so nothing is built now.', 'Ask the operator to free disk space, then deploy again.');
    }
    if (await isMounted(folder)) {
      // So little is left that a small build would fail for what others wrote: it waits until it can have a new disk.
      if (this.#users.of(workspace) > 0 && (await freeBytes(folder)) < this.options.size / 8) await this.#users.whenNone(workspace, signal);
      if (this.#users.of(workspace) === 0 && !((await isHalfFree(folder)) && (await isSound(folder)))) await this.#renew(folder);
    } else if (!this.#plain) await this.#mount(folder);
    await chmod(folder, 0o755); // a build may have closed it
    if (process.getuid?.() === 0) await chown(folder, this.options.uid, this.options.uid);
    this.#users.begin(workspace);
    return folder;
  }

  /** Whether the host has room for a build, at the cost of what other workspaces keep for their next. */
  async #hasRoom(): Promise<boolean> {
    const { folder, hostFloor = HOST_FLOOR_BYTES, logger } = this.options;
    const isTight = async (): Promise<boolean> => (await freeBytes(folder)) < hostFloor;
    if (!(await isTight())) return true;
    for (const unused of await this.#unusedSince()) {
      // Only of one that nobody waits for, so that no two wait for each other.
      if (!this.#isIdle(unused)) continue;
      await this.#lock.hold(unused, () => this.#remove(unused));
      logger.info({ workspace: unused }, 'build.disk_removed');
      if (!(await isTight())) return true;
    }
    return false;
  }

  readonly #isIdle = (workspace: WorkspaceId): boolean => this.#users.of(workspace) === 0 && this.#wanted.of(workspace) === 0;

  /** Those on whose disks nobody works, the longest unused first. */
  async #unusedSince(): Promise<WorkspaceId[]> {
    const idle = (await this.#workspaces()).filter((workspace) => this.#isIdle(workspace));
    const dated = await Promise.all(idle.map(async (workspace) => {
      const path = join(this.options.folder, workspace);
      return { workspace, usedMs: (await stat(`${path}${DISK}`).catch(() => stat(path))).mtimeMs };
    }));
    return dated.toSorted((a, b) => a.usedMs - b.usedMs).map(({ workspace }) => workspace);
  }

  async #workspaces(): Promise<WorkspaceId[]> {
    const names = await readdir(this.options.folder).catch(() => [] as string[]); // nothing was ever built
    return names.filter((name) => isId('workspace', name));
  }

  async #remove(workspace: WorkspaceId): Promise<void> {
    const folder = join(this.options.folder, workspace);
    if (await isMounted(folder)) await run('umount', ['--lazy', '--', folder]);
    for (const path of [`${folder}${DISK}`, folder]) await rm(path, { recursive: true, force: true });
  }

  async #mount(folder: string): Promise<void> {
    const file = `${folder}${DISK}`;
    try {
      if (!(await exists(file))) await makeDisk(file, this.options.size);
      await run('mount', ['-o', 'loop,nodev,nosuid,discard', '--', file, folder]);
    } catch (error) {
      this.#plain = true;
      this.options.logger.warn({ err: error, folder }, 'build.disk_without_limit');
    }
  }

  async #renew(folder: string): Promise<void> {
    await run('umount', ['--lazy', '--', folder]);
    await rm(`${folder}${DISK}`, { force: true });
    await this.#mount(folder);
  }
}
