import type { AppId } from '@weir/domain';
import { chown, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Mount } from '../sandbox/sandbox-spec.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { gitEnvironment } from './git-environment.ts';

/** Where its repository lies in a sandbox. */
export const REPOSITORY = '/repo';
const SEED = '/seed';
const WARM_MS = 30_000;

interface Warm {
  readonly sandbox: Promise<Sandbox>;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

interface Options {
  readonly dataDir: string;
  readonly image: string;
  readonly examplesDir: string | undefined;
}

/**
 * The built-in remote's bare repositories, one per app, each handled by git in a sandbox of its
 * own. A sandbox stays for a while after its last use: a push is several requests and a build.
 */
export class GitRepositories {
  readonly #warm = new Map<AppId, Warm>();
  readonly #ended = new AbortController();

  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly options: Options,
  ) {}

  /** Works on an app's repository, made at its first use: empty, or with one commit of an example. */
  async use<T>(app: AppId, example: string | null, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
    let warm = this.#warm.get(app);
    if (!warm) {
      warm = { sandbox: this.#open(app, example), users: 0, timer: undefined };
      warm.sandbox.catch(() => undefined); // heard by whoever awaits it
      this.#warm.set(app, warm);
    }
    clearTimeout(warm.timer);
    warm.users++;
    const mine = warm;
    try {
      return await work(await mine.sandbox);
    } catch (error) {
      // Whatever went wrong, the next use starts from a fresh sandbox.
      if (this.#warm.get(app) === mine) this.#warm.delete(app);
      if (mine.users === 1) void this.#cool(app, mine);
      throw error;
    } finally {
      mine.users--;
      if (mine.users === 0) mine.timer = setTimeout(() => void this.#cool(app, mine), this.#warm.get(app) === mine ? WARM_MS : 0);
    }
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled([...this.#warm.values()].map(async ({ sandbox, timer }) => {
      clearTimeout(timer);
      await (await sandbox).close();
    }));
    this.#warm.clear();
  }

  /** Removes sandboxes that an earlier life of this worker left. */
  sweep(): Promise<void> {
    return this.sandboxes.sweep({ 'weir.kind': 'git' });
  }

  /** Removes the repositories of apps that are gone. */
  async keepOnly(apps: ReadonlySet<string>): Promise<void> {
    const folder = join(this.options.dataDir, 'git');
    for (const name of await readdir(folder).catch(() => [])) {
      const app = name.replace(/\.git(\.new)?$/, '');
      const made = await stat(join(folder, name)).catch(() => undefined);
      // A repository may be younger than the list of apps.
      if (apps.has(app) || !made || Date.now() - made.birthtimeMs < 600_000) continue;
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  #path(app: AppId): string {
    return join(this.options.dataDir, 'git', `${app}.git`);
  }

  async #cool(app: AppId, warm: Warm): Promise<void> {
    if (this.#warm.get(app) === warm) this.#warm.delete(app);
    await warm.sandbox.then((sandbox) => sandbox.close()).catch(() => undefined); // the sweep at the next start finds it
  }

  /**
   * A sandbox with the app's repository. A new one is made beside its place and moved there whole, so that
   * a worker that dies leaves no half of one; the sandbox that made it has it mounted and goes on with it.
   */
  async #open(app: AppId, example: string | null): Promise<Sandbox> {
    const path = this.#path(app);
    if (await exists(path)) return this.#sandbox(app, path, []);
    const draft = `${path}.new`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true, mode: 0o755 });
    if (process.getuid?.() === 0) await chown(draft, this.sandboxes.uid, this.sandboxes.uid);
    const seed = example !== null && this.options.examplesDir !== undefined && /^[a-z][a-z0-9-]{0,40}$/.test(example) ? join(this.options.examplesDir, example) : undefined;
    const sandbox = await this.#sandbox(app, draft, seed ? [{ from: seed, to: SEED, writable: false }] : []);
    try {
      await git(sandbox, 'init', '--quiet', '--bare', '--initial-branch=main', REPOSITORY);
      if (seed) await commitFolder(sandbox, example ?? '');
      await rename(draft, path);
      return sandbox;
    } catch (error) {
      await sandbox.close();
      throw error;
    }
  }

  #sandbox(app: AppId, path: string, more: readonly Mount[]): Promise<Sandbox> {
    return this.sandboxes.open(
      {
        kind: 'git', name: `${app}-${randomBytes(3).toString('hex')}`, image: this.options.image, labels: { 'weir.app': app },
        mounts: [{ from: path, to: REPOSITORY, writable: true }, ...more], scratch: {}, memoryMib: 1024, cpus: 2, cpuShares: 128, pids: 128,
      },
      this.#ended.signal,
    );
  }
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

async function git(sandbox: Sandbox, ...args: string[]): Promise<void> {
  let words = '';
  const env = { ...gitEnvironment('file'), GIT_AUTHOR_NAME: 'Weir', GIT_AUTHOR_EMAIL: 'weir@localhost', GIT_COMMITTER_NAME: 'Weir', GIT_COMMITTER_EMAIL: 'weir@localhost' };
  const code = await sandbox.run({ argv: ['git', '-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', ...args], env, stderr: (chunk) => void (words += chunk.toString('utf8')), limitMs: 60_000 });
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}: ${words.slice(0, 500)}`);
}

/** One commit of the folder at SEED, as the repository's first. */
async function commitFolder(sandbox: Sandbox, name: string): Promise<void> {
  await git(sandbox, 'init', '--quiet', '--initial-branch=main', '/tmp/seed');
  await git(sandbox, '-C', SEED, '--git-dir=/tmp/seed/.git', `--work-tree=${SEED}`, 'add', '--all', '.');
  await git(sandbox, '--git-dir=/tmp/seed/.git', `--work-tree=${SEED}`, 'commit', '--quiet', '--no-gpg-sign', '-m', `Start from the example ${name}`);
  await git(sandbox, '--git-dir=/tmp/seed/.git', 'push', '--quiet', REPOSITORY, 'main');
}
