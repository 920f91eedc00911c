import { becauseAbsent, installedVersion, judgeEntry, planBuild, viewOf } from '@weir/build-plan';
import type { BuildPlan } from '@weir/build-plan';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildImages, Pythons } from '../pythons/pythons.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { makeAppImage } from './app-image.ts';
import { BuildFailed, pythonNotMade } from './build-failed.ts';
import type { BuildSession } from './build-session.ts';
import type { BuilderSettings } from './builder-settings.ts';
import { checkSyntax, scriptsToCheck } from './check-syntax.ts';
import { DeployCheck } from './deploy-check.ts';
import type { Environments, Wanted } from './environments.ts';
import { findImage } from './image-from.ts';
import type { Environment } from './store-environment.ts';
import type { FetchedSource, FetchSource } from './fetch-source.ts';
import { buildSandbox } from './sandbox-for-build.ts';

/** A build holds one of few places while it waits for a Python. */
const PYTHON_LIMIT_MS = 10 * 60_000;

/** From an order to an image: fetch, plan, environment, image. */
export class BuildApp {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly settings: BuilderSettings,
    private readonly pythons: Pick<Pythons, 'offered' | 'provide'>,
    private readonly fetchSource: FetchSource,
    private readonly environments: Environments,
  ) {}

  /** Ends with the report `built`. @throws BuildFailed, or the session signal's reason */
  async execute(session: BuildSession): Promise<void> {
    const { order, log, signal } = session;
    const folder = join(this.settings.dataDir, 'builds', `${order.deployment}-${order.attempt}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    session.limitTo(this.settings.limitMinutes);
    try {
      session.enter('fetch');
      await this.fetchSource.execute({ order, archive: join(folder, 'source.tar'), log, signal, use: (source, sandbox) => this.#attempt(session, source, sandbox) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** A build that fails on a file that the commit only points to fails because of that. */
  async #attempt(session: BuildSession, source: FetchedSource, sandbox: Sandbox): Promise<void> {
    try {
      await this.#build(session, source, sandbox);
    } catch (error) {
      throw error instanceof BuildFailed ? new BuildFailed(becauseAbsent(error.failure, source.absent), { cause: error }) : error;
    }
  }

  async #build(session: BuildSession, source: FetchedSource, sandbox: Sandbox): Promise<void> {
    const { order, log } = session;
    log.say(`Commit ${source.commit.slice(0, 12)} ${source.message.split('\n')[0] ?? ''}`);
    session.tell({ kind: 'fetched', commit: source.commit, branch: source.branch, message: source.message, author: source.author });
    for (const warning of source.warnings) session.warn(warning);

    session.enter('plan');
    const pythons = await this.pythons.offered();
    const answer = planBuild(source.tree, { entryFile: order.source.entryFile, python: order.python, pythons, defaultPython: this.settings.defaultPython, allows: this.settings.allows });
    if (!answer.ok) throw new BuildFailed(answer.failure);
    const { plan } = answer;
    for (const note of plan.notes) log.say(note);
    session.tell({ kind: 'planned', plan: viewOf(plan) });
    const { failure, warnings } = judgeEntry(source.tree, plan);
    if (failure) throw new BuildFailed(failure);
    for (const warning of warnings) session.warn(warning);

    session.enter('environment');
    const images = await this.#images(session, plan.python);

    // The checks need only the source: they run beside the rest, and end the rest when they fail.
    const stop = new AbortController();
    const signal = AbortSignal.any([session.signal, stop.signal]);
    const checked = this.#check(session, plan, { source, sandbox, pythons, ...images }).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    });
    const made = this.#make(session, { plan, images, pythons, commit: source.commit, source: source.archive, signal });
    await Promise.allSettled([checked, made]);
    const check = await checked;
    const { image, environment, lock } = await made;
    check.conclude(lock);
    session.clock.end();
    session.tell({
      kind: 'built', image, environment, lock, sourceBytes: source.bytes, framework: { name: plan.framework, version: lock === null ? null : installedVersion(lock, plan.framework) }, entryFile: plan.entryFile, python: plan.python, finished: { ...session.clock.finished },
    });
    if (!(await session.told())) session.signal.throwIfAborted(); // nobody knows of the image
  }

  /** What the plan's Python needs, made now if this host does not have it yet. */
  async #images({ log, signal }: BuildSession, python: string): Promise<BuildImages> {
    try {
      return await this.pythons.provide(python, (step) => log.say(step), AbortSignal.any([signal, AbortSignal.timeout(PYTHON_LIMIT_MS)]));
    } catch (error) {
      signal.throwIfAborted();
      throw new BuildFailed(pythonNotMade(python), { cause: error });
    }
  }

  async #check(session: BuildSession, plan: BuildPlan, { source, sandbox, pythons, builder }: { source: FetchedSource; sandbox: Sandbox; pythons: readonly string[]; builder: string }): Promise<DeployCheck> {
    const scripts = scriptsToCheck(plan.entryFile, source.contents);
    const check = new DeployCheck(session, { ...plan, tree: source.tree, contents: new Map([...source.contents, ...source.checkOnly]) });
    const both = async (within: Sandbox): Promise<DeployCheck> => {
      const [syntax, read] = await Promise.allSettled([checkSyntax(within, scripts, { python: plan.python, pythons }), check.read(within)]);
      for (const each of [syntax, read]) if (each.status === 'rejected') throw each.reason;
      return check;
    };
    if (plan.python === this.settings.defaultPython) return both(sandbox);
    const { deployment, attempt } = session.order;
    const other = await this.sandboxes.open(buildSandbox({ deployment, attempt, step: 'check', image: builder }), session.signal);
    try {
      return await both(other);
    } finally {
      await other.close();
    }
  }

  async #make(session: BuildSession, given: Omit<Wanted, 'order' | 'log'>): Promise<{ image: string; environment: string; lock: string | null }> {
    const { order, log } = session;
    const { plan, source, signal } = given;
    const provide = (): Promise<Environment> => this.environments.provide({ ...given, order, log });
    let environment = await provide();
    signal.throwIfAborted();
    session.enter('image');
    const make = (): Promise<string> => makeAppImage(this.sandboxes.docker, { installation: this.settings.installation, order, plan, environment: environment.image, source, signal });
    const image = await make().catch(async (error: unknown) => {
      if (await findImage(this.sandboxes.docker, environment.image)) throw error;
      log.say('The environment was removed just now, with the last release that needed it. It is made anew.');
      environment = await provide();
      return make();
    });
    return { image, environment: environment.image, lock: environment.lock };
  }
}
