import { type BuildPlan, ENVIRONMENT_PLACEHOLDER, FILES_PLACEHOLDER, fromIndexes, hashedLock, IMPORTS_PKG_RESOURCES, LOCK_FILE, misfits, olderTools, PYTHON_PLACEHOLDER, undeclared } from '@weir/build-plan';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { outputOf } from '../sandbox/output-of.ts';
import { BuildFailed } from './build-failed.ts';
import { compilingWith } from './compiling-with.ts';
import { handOver } from './hand-over.ts';
import { Installer, type InstallerParts } from './installer.ts';
import { installerIndex } from './installer-index.ts';
import { modulesWith } from './modules-with.ts';

/** Where the plan's files lie inside the sandbox. */
const FILES = '/tmp/plan';
const TOOLS = 'build-tools.txt';
const LOOK_UP_LIMIT_MS = 60_000;
const MAX_LOCK_BYTES = 4_000_000;
const Unpacked = z.object({ fetched: z.array(z.string()), scripts: z.array(z.string()), renamed: z.array(z.tuple([z.string(), z.string()])) });

interface Install extends InstallerParts {
  /** Of a release that is built again: exactly this is installed. `null`: what the plan's commands choose today. */
  readonly lock: string | null;
  /** The environment's folder inside the sandbox, on the same mount as the caches: packages are linked, not copied. */
  readonly folder: string;
  readonly cache: string;
  readonly bytecode: string;
  readonly indexUrl: string;
  /** An archive of the source on this host. */
  readonly source: string;
}

/** Both a package a line. */
export interface Completion {
  readonly installed: Promise<string>;
  /** With hashes, where there are any. */
  readonly lock: Promise<string>;
}

/** Fills a new environment inside a sandbox as the plan says. @throws BuildFailed from each step */
export class InstallEnvironment {
  readonly #files: BuildPlan['files'];
  readonly #installer: Installer;

  constructor(private readonly order: Install) {
    const { folder, cache, plan, lock } = order;
    const index = installerIndex(plan, order.indexUrl, FILES);
    this.#installer = new Installer(order, `${folder}/bin/python`, {
      UV_CACHE_DIR: cache, UV_LINK_MODE: 'hardlink', UV_NO_PROGRESS: '1', UV_PYTHON_DOWNLOADS: 'never', UV_PYTHON_PREFERENCE: 'only-system',
      UV_HTTP_TIMEOUT: '60', UV_CONCURRENT_BUILDS: '2', MAKEFLAGS: '-j2', VIRTUAL_ENV: folder, ...index.env,
    });
    this.#files = [...plan.files, ...index.files, ...(lock === null ? [] : [[LOCK_FILE, `${lock}\n`] as const])];
  }

  /** An empty environment, and beside it what the installer reads. */
  async begin(): Promise<void> {
    const { sandbox, plan, folder } = this.order;
    await Promise.all([
      plan.dependencies.kind !== 'none' && this.#layOutSource(),
      this.#files.length > 0 && handOver(sandbox, FILES, this.#files),
      this.#installer.run(['uv', 'venv', '--quiet', '--relocatable', '--no-project', '--no-config', '--python', 'python3', folder], false),
    ]);
  }

  /** Everything the plan asks for, from the index and from Debian. */
  async packages(): Promise<void> {
    const { plan, lock } = this.order;
    if (plan.packages.length > 0) await this.#systemPackages();
    for (const command of lock === null ? plan.install : plan.exact) await this.#install(command.map((part) => this.#filledIn(part)));
  }

  /** Debian packages come first: a Python package that is compiled may need their headers and tools. */
  async #systemPackages(): Promise<void> {
    const { plan, folder, log } = this.order;
    const { fetched, scripts, renamed } = Unpacked.parse(JSON.parse(await this.#installer.run(['python3', '/opt/weir/apt_unpack.py', `${folder}/apt`, '/tmp/apt', ...plan.packages], true, 'answer')));
    for (const [asked, name] of renamed) log.say(`${asked} is ${name} in this release of Debian.`);
    log.say(`Unpacked ${fetched.length} Debian packages.`);
    if (scripts.length > 0) log.say(`These packages have setup scripts, which are not run: ${scripts.join(', ')}.`);
    Object.assign(this.#installer.env, compilingWith(`${folder}/apt`));
  }

  /** Once more, with older build tools, where a source was made for those. */
  async #install(argv: readonly string[]): Promise<void> {
    try {
      await this.#installer.run(argv, true);
    } catch (error) {
      const older = error instanceof BuildFailed && this.#installer.env['UV_BUILD_CONSTRAINT'] === undefined && error.failure.code === 'build.package_build_failed' ? olderTools(error.failure.message) : undefined;
      if (!older) throw error;
      this.order.log.say(older.note);
      await handOver(this.order.sandbox, FILES, [[TOOLS, `${older.constraint}\n`]]);
      this.#installer.env['UV_BUILD_CONSTRAINT'] = `${FILES}/${TOOLS}`;
      await this.#installer.run(argv, true);
    }
  }

  /**
   * Compiles what was installed, so that the app's first start does not, and installs again what does not fit together,
   * though nothing says so.
   *
   * @returns what was installed, and the lock of what is in the end
   */
  complete(): Completion {
    const { lock } = this.order;
    if (lock !== null) return { installed: Promise.resolve(lock), lock: this.#compile().then(() => lock) };
    const installed = this.#freeze();
    return { installed, lock: this.#complete(installed) };
  }

  async #complete(installed: Promise<string>): Promise<string> {
    const [lock, importers, frozen] = await Promise.all([installed.then((frozen) => this.#lock(frozen)), modulesWith(IMPORTS_PKG_RESOURCES, this.order), installed, this.#compile()]);
    const requirements = this.#unsaid(frozen, importers);
    if (requirements.size === 0) return lock;
    await this.#installer.run(['uv', 'pip', 'install', '--python', this.#installer.python, ...requirements], true);
    const [mended] = await Promise.all([this.#freeze().then((again) => this.#lock(again)), this.#compile()]);
    return mended;
  }

  /** What must be installed besides, or in another version. */
  #unsaid(frozen: string, importers: readonly string[]): ReadonlySet<string> {
    const found = [misfits(this.order.plan, frozen), undeclared(frozen, importers)];
    for (const note of found.flatMap(({ notes }) => notes)) this.order.log.say(note);
    return new Set(found.flatMap(({ requirements }) => requirements));
  }

  /** What is installed, a package a line. */
  #freeze(): Promise<string> {
    return this.#installer.run(['uv', 'pip', 'freeze', '--quiet', '--python', this.#installer.python], false, 'answer');
  }

  /** The same so that it can be installed again just so: with the hashes of its files. */
  async #lock(frozen: string): Promise<string> {
    const { sandbox, plan, log } = this.order;
    // The index's answers are in the cache still, so this asks nobody.
    const argv = ['uv', 'pip', 'compile', '--quiet', '--offline', '--no-deps', '--no-header', '--python', this.#installer.python, '--format', 'pylock.toml', ...plan.sources, '-'];
    const { code, text } = await outputOf(sandbox, { argv, env: this.#installer.env, cwd: '/app', stdin: Buffer.from(fromIndexes(frozen)), limitMs: LOOK_UP_LIMIT_MS, maxOutputBytes: MAX_LOCK_BYTES });
    if (code === 0) return hashedLock(frozen, text);
    if (plan.dependencies.kind !== 'uv-lock') log.say('The exact versions are kept without hashes: not all of these packages can be found in the index again.');
    return frozen;
  }

  #compile(): Promise<string> {
    return this.#installer.run(['python3', '/opt/weir/compile_bytecode.py', `${this.order.folder}/lib`, this.order.bytecode], false, 'answer');
  }

  /** The repository at its place: requirements name files of it, and editable installs remember where it lies. */
  async #layOutSource(): Promise<void> {
    const { sandbox, source } = this.order;
    const code = await sandbox.run({ argv: ['tar', '-x', '-C', '/app', '--strip-components=3', '--no-same-owner', 'opt/weir/source'], stdin: createReadStream(source) });
    if (code !== 0) throw new Error(`the source could not be laid out: tar ended with ${code}`);
  }

  #filledIn(part: string): string {
    return part.replaceAll(PYTHON_PLACEHOLDER, this.#installer.python).replaceAll(ENVIRONMENT_PLACEHOLDER, this.order.folder).replaceAll(FILES_PLACEHOLDER, FILES);
  }
}
