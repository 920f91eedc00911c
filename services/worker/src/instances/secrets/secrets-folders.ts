import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InstanceSecrets } from '@weir/contracts';
import { type InstanceId, isId } from '@weir/domain';

const MOUNT_NAME = 'weir-secrets';
/** Magic numbers of file systems that are only memory (statfs(2)). */
const MEMORY_FILE_SYSTEMS = new Set([0x01021994, 0x858458f6]);

/**
 * One folder for each instance, on memory, which the instance sees as `/run/secrets`.
 *
 * Folders are mounted, so files in them are replaced by renaming: a reader sees the old
 * ones or the new ones. The parent is closed to everybody but the worker.
 */
export class SecretsFolders {
  readonly #root: string;

  /** @param base `/run/weir`; each installation has a folder below it */
  constructor(installation: string, base = '/run/weir', private readonly isRoot = process.getuid?.() === 0) {
    this.#root = join(base, installation);
  }

  /** Makes the installation's folder. `false`: it is not on memory, and could not be put there. */
  async prepare(): Promise<boolean> {
    const base = dirname(this.#root);
    await mkdir(base, { recursive: true, mode: 0o711 });
    if (!(await isOnMemory(base)) && this.isRoot) await mountMemory(base);
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    await chmod(this.#root, 0o700);
    return isOnMemory(this.#root);
  }

  /** Removes this installation's folder and, if no other installation uses it, the memory beneath. */
  async unmount(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
    const others = await readdir(dirname(this.#root)).catch(() => ['']); // none there: nothing to take away
    if (this.isRoot && others.length === 0) await runCommand('umount', [dirname(this.#root)]);
  }

  folder(id: InstanceId): string {
    return join(this.#root, id);
  }

  /** Puts these secrets in place of those before. Without a TOML text there is no file, as on a machine without secrets. */
  async write(id: InstanceId, uid: number, { version, toml, environment }: InstanceSecrets): Promise<void> {
    const folder = this.folder(id);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    if (toml.trim() === '') await rm(join(folder, 'secrets.toml'), { force: true });
    else await this.#replace(folder, 'secrets.toml', toml, uid);
    await this.#replace(folder, 'environment.json', JSON.stringify(environment), uid);
    await this.#replace(folder, '.version', String(version), uid);
    if (this.isRoot) {
      await chown(folder, uid, uid);
      await chmod(folder, 0o500);
    }
  }

  /** The version that was written last, or none. */
  async version(id: InstanceId): Promise<number | undefined> {
    const text = await readFile(join(this.folder(id), '.version'), 'utf8').catch(() => ''); // none yet
    return text === '' ? undefined : Number(text);
  }

  async remove(id: InstanceId): Promise<void> {
    await rm(this.folder(id), { recursive: true, force: true });
  }

  /** Removes the folders of all instances but these. */
  async sweep(keep: ReadonlySet<InstanceId>): Promise<void> {
    const names = await readdir(this.#root).catch(() => [] as string[]); // nothing was ever written
    for (const name of names) if (isId('instance', name) && !keep.has(name)) await this.remove(name);
  }

  /** Root gives the file to the app's user alone. Who is not root cannot, and relies on the closed parent. */
  async #replace(folder: string, name: string, text: string, uid: number): Promise<void> {
    const draft = join(folder, `.${randomBytes(6).toString('hex')}`);
    await writeFile(draft, text, { mode: this.isRoot ? 0o400 : 0o444, flag: 'wx' });
    if (this.isRoot) await chown(draft, uid, uid);
    await rename(draft, join(folder, name));
  }
}

async function isOnMemory(path: string): Promise<boolean> {
  return MEMORY_FILE_SYSTEMS.has((await statfs(path)).type);
}

const mountMemory = (path: string): Promise<void> => runCommand('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=0711,nosuid,nodev,noexec', MOUNT_NAME, path]);

/** Refused (a container without the right to mount, say): the caller looks again and tells the operator. */
function runCommand(command: string, args: readonly string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const child = spawn(command, args, { stdio: 'ignore' });
  child.on('error', () => resolve());
  child.on('close', () => resolve());
  return promise;
}
