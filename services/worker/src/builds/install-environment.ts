import { type BuildPlan, type DeniedHost, ENVIRONMENT_PLACEHOLDER, explainFailure, FILES_PLACEHOLDER, fromIndexes, hashedLock, IMPORTS_PKG_RESOURCES, LOCK_FILE, misfits, olderTools, PYTHON_PLACEHOLDER, undeclared, wheellessRelease } from '@weir/build-plan';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { type Sandbox, SandboxLimit } from '../sandbox/sandbox.ts';
import type { BuildLog } from './build-log.ts';
import { BuildFailed, failed } from './build-failed.ts';
import { compilingWith } from './compiling-with.ts';
import { handOver } from './hand-over.ts';
import { installerIndex } from './installer-index.ts';
import { modulesWith } from './modules-with.ts';
import { BUILD_MEMORY_MIB } from './sandbox-for-build.ts';
import { wheelsOf } from './wheels-of.ts';

/** Where the plan's files lie inside the sandbox. */
const FILES = '/tmp/plan';
const TOOLS = 'build-tools.txt';
const INSTALL_LIMIT_MS = 15 * 60_000;
const LOOK_UP_LIMIT_MS = 60_000;
const MAX_LOCK_BYTES = 4_000_000;
/** How many lines of a step are looked at to explain its end. */
const LINES_HEARD = 2000;
const Unpacked = z.object({ fetched: z.array(z.string()), scripts: z.array(z.string()), renamed: z.array(z.tuple([z.string(), z.string()])) });

interface Install {
  readonly sandbox: Sandbox;
  readonly plan: BuildPlan;
  /** Of a release that is built again: exactly this is installed. `null`: what the plan's commands choose today. */
  readonly lock: string | null;
  readonly log: BuildLog;
  /** The environment's folder inside the sandbox, on the same mount as the caches: packages are linked, not copied. */
  readonly folder: string;
  readonly cache: string;
  readonly bytecode: string;
  readonly indexUrl: string;
  /** An archive of the source on this host. */
  readonly source: string;
  /** Those that the app could be set to. */
  readonly pythons: readonly string[];
  readonly diskMib: number | undefined;
  /** What the sandbox was refused so far. */
  readonly denied: readonly DeniedHost[];
}

/** Fills a new environment inside a sandbox as the plan says. @throws BuildFailed from each step */
export class InstallEnvironment {
  readonly #env: Record<string, string>;
  readonly #files: BuildPlan['files'];
  readonly #python: string;

  constructor(private readonly order: Install) {
    const { folder, cache, plan, lock } = order;
    const index = installerIndex(plan, order.indexUrl, FILES);
    this.#python = `${folder}/bin/python`;
    this.#env = {
      UV_CACHE_DIR: cache, UV_LINK_MODE: 'hardlink', UV_NO_PROGRESS: '1', UV_PYTHON_DOWNLOADS: 'never', UV_PYTHON_PREFERENCE: 'only-system',
      UV_HTTP_TIMEOUT: '60', UV_CONCURRENT_BUILDS: '2', MAKEFLAGS: '-j2', VIRTUAL_ENV: folder, ...index.env,
    };
    this.#files = [...plan.files, ...index.files, ...(lock === null ? [] : [[LOCK_FILE, `${lock}\n`] as const])];
  }

  /** Everything the plan asks for, from the index and from Debian. */
  async packages(): Promise<void> {
    const { sandbox, plan, folder, lock } = this.order;
    await Promise.all([
      plan.dependencies.kind !== 'none' && this.#layOutSource(),
      this.#files.length > 0 && handOver(sandbox, FILES, this.#files),
      this.#run(['uv', 'venv', '--quiet', '--relocatable', '--no-project', '--no-config', '--python', 'python3', folder], false),
    ]);
    if (plan.packages.length > 0) await this.#systemPackages();
    for (const command of lock === null ? plan.install : plan.exact) await this.#install(command.map((part) => this.#filledIn(part)));
  }

  /** Debian packages come first: a Python package that is compiled may need their headers and tools. */
  async #systemPackages(): Promise<void> {
    const { plan, folder, log } = this.order;
    const { fetched, scripts, renamed } = Unpacked.parse(JSON.parse(await this.#run(['python3', '/opt/weir/apt_unpack.py', `${folder}/apt`, '/tmp/apt', ...plan.packages], true, 'answer')));
    for (const [asked, name] of renamed) log.say(`${asked} is ${name} in this release of Debian.`);
    log.say(`Unpacked ${fetched.length} Debian packages.`);
    if (scripts.length > 0) log.say(`These packages have setup scripts, which are not run: ${scripts.join(', ')}.`);
    Object.assign(this.#env, compilingWith(`${folder}/apt`));
  }

  /** Once more, with older build tools, where a source was made for those. */
  async #install(argv: readonly string[]): Promise<void> {
    try {
      await this.#run(argv, true);
    } catch (error) {
      const older = error instanceof BuildFailed && this.#env['UV_BUILD_CONSTRAINT'] === undefined && error.failure.code === 'build.package_build_failed' ? olderTools(error.failure.message) : undefined;
      if (!older) throw error;
      this.order.log.say(older.note);
      await handOver(this.order.sandbox, FILES, [[TOOLS, `${older.constraint}\n`]]);
      this.#env['UV_BUILD_CONSTRAINT'] = `${FILES}/${TOOLS}`;
      await this.#run(argv, true);
    }
  }

  /**
   * Compiles what was installed, so that the app's first start does not, and installs again what does not fit together,
   * though nothing says so.
   *
   * @returns the lock
   */
  async complete(): Promise<string> {
    const { lock } = this.order;
    if (lock !== null) return this.#compile().then(() => lock);
    const [found, importers] = await Promise.all([this.#lock(), modulesWith(IMPORTS_PKG_RESOURCES, this.order), this.#compile()]);
    const requirements = this.#unsaid(found.frozen, importers);
    if (requirements.size === 0) return found.lock;
    await this.#run(['uv', 'pip', 'install', '--python', this.#python, ...requirements], true);
    const [mended] = await Promise.all([this.#lock(), this.#compile()]);
    return mended.lock;
  }

  /** What must be installed besides, or in another version. */
  #unsaid(frozen: string, importers: readonly string[]): ReadonlySet<string> {
    const found = [misfits(this.order.plan, frozen), undeclared(frozen, importers)];
    for (const note of found.flatMap(({ notes }) => notes)) this.order.log.say(note);
    return new Set(found.flatMap(({ requirements }) => requirements));
  }

  /** What is installed, and the same so that it can be installed again just so: a package a line, with the hashes of its files. */
  async #lock(): Promise<{ readonly frozen: string; readonly lock: string }> {
    const { sandbox, plan, log } = this.order;
    const frozen = await this.#run(['uv', 'pip', 'freeze', '--quiet', '--python', this.#python], false, 'answer');
    let found = '';
    // The index's answers are in the cache still, so this asks nobody.
    const argv = ['uv', 'pip', 'compile', '--quiet', '--offline', '--no-deps', '--no-header', '--python', this.#python, '--format', 'pylock.toml', ...plan.sources, '-'];
    const code = await sandbox.run({ argv, env: this.#env, cwd: '/app', stdin: Buffer.from(fromIndexes(frozen)), stdout: (chunk) => void (found += chunk.toString('utf8')), limitMs: LOOK_UP_LIMIT_MS, maxOutputBytes: MAX_LOCK_BYTES });
    if (code === 0) return { frozen, lock: hashedLock(frozen, found) };
    if (plan.dependencies.kind !== 'uv-lock') log.say('The exact versions are kept without hashes: not all of these packages can be found in the index again.');
    return { frozen, lock: frozen };
  }

  #compile(): Promise<string> {
    return this.#run(['python3', '/opt/weir/compile_bytecode.py', `${this.order.folder}/lib`, this.order.bytecode], false, 'answer');
  }

  /** The repository at its place: requirements name files of it, and editable installs remember where it lies. */
  async #layOutSource(): Promise<void> {
    const { sandbox, source } = this.order;
    const code = await sandbox.run({ argv: ['tar', '-x', '-C', '/app', '--strip-components=3', '--no-same-owner', 'opt/weir/source'], stdin: createReadStream(source) });
    if (code !== 0) throw new Error(`the source could not be laid out: tar ended with ${code}`);
  }

  #filledIn(part: string): string {
    return part.replaceAll(PYTHON_PLACEHOLDER, this.#python).replaceAll(ENVIRONMENT_PLACEHOLDER, this.order.folder).replaceAll(FILES_PLACEHOLDER, FILES);
  }

  /** @param stdout `answer`: it is returned, not shown */
  async #run(argv: readonly string[], online: boolean, stdout: 'log' | 'answer' = 'log'): Promise<string> {
    const { sandbox, log, plan } = this.order;
    const said: string[] = [];
    const hear = (line: string): void => {
      said.push(line);
      if (said.length > 2 * LINES_HEARD) said.splice(0, LINES_HEARD);
    };
    const [out, err] = [log.stream('stdout', hear), log.stream('stderr', hear)];
    let answer = '';
    let code: number | null = null;
    let timedOut = false;
    try {
      const take = stdout === 'log' ? out.write : (chunk: Buffer): void => void (answer += chunk.toString('utf8'));
      code = await sandbox.run({ argv, env: this.#env, cwd: '/app', online, stdout: take, stderr: err.write, limitMs: INSTALL_LIMIT_MS, ...(stdout === 'answer' && { maxOutputBytes: 900_000 }) });
    } catch (error) {
      if (!(error instanceof SandboxLimit)) throw error;
      if (error.limit === 'output') throw failed('environment', 'build.too_much_output', 'The build printed far more than a build may, so it was ended.', 'Ask for a version of the package that has a wheel, or make its build say less.', said.slice(-40).join('\n').slice(-4000));
      timedOut = true;
    }
    out.end();
    err.end();
    if (code === 0) return answer;
    const oom = !timedOut && (await sandbox.ranOutOfMemory());
    const wheelless = oom || timedOut ? undefined : wheellessRelease(said);
    const wheels = wheelless && (await wheelsOf(wheelless, { sandbox, env: this.#env, python: this.#python, sources: plan.sources, pythons: this.order.pythons }));
    throw new BuildFailed(explainFailure({
      phase: 'environment', exitCode: code, signal: null, oom, timedOut, log: said.slice(-LINES_HEARD), plan, wheels, pythons: this.order.pythons, denied: this.order.denied,
      allowed: { memoryMib: BUILD_MEMORY_MIB, seconds: INSTALL_LIMIT_MS / 1000, ...(this.order.diskMib !== undefined && { diskMib: this.order.diskMib }) },
    }));
  }
}
