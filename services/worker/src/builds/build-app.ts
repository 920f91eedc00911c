import { installedVersion, planBuild, viewOf } from '@weir/build-plan';
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
import type { Environments } from './environments.ts';
import type { FetchedSource, FetchSource } from './fetch-source.ts';
import { buildSandbox } from './sandbox-for-build.ts';

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
    try {
      session.enter('fetch');
      await this.fetchSource.execute({ order, archive: join(folder, 'source.tar'), log, signal, use: (source, sandbox) => this.#build(session, source, sandbox) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #build(session: BuildSession, source: FetchedSource, sandbox: Sandbox): Promise<void> {
    const { order, log } = session;
    log.say(`Commit ${source.commit.slice(0, 12)} ${source.message.split('\n')[0] ?? ''}`);
    session.tell({ kind: 'fetched', commit: source.commit, branch: source.branch, message: source.message, author: source.author });
    for (const warning of source.warnings) session.warn(warning);

    session.enter('plan');
    const answer = planBuild(source.tree, { entryFile: order.source.entryFile, python: order.python, pythons: await this.pythons.offered(), defaultPython: this.settings.defaultPython });
    if (!answer.ok) throw new BuildFailed(answer.failure);
    const { plan } = answer;
    for (const note of plan.notes) log.say(note);
    session.tell({ kind: 'planned', plan: viewOf(plan) });

    session.enter('environment');
    const images = await this.#images(session, plan.python);

    // The check needs only the source: it runs beside the rest, and ends the rest when it fails.
    const stop = new AbortController();
    const signal = AbortSignal.any([session.signal, stop.signal]);
    const checked = this.#check(session, plan, source, sandbox, images).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    });
    const made = this.#make(session, plan, source, signal, images);
    await Promise.allSettled([checked, made]);
    await checked;
    const { image, environment, lock } = await made;
    session.clock.end();
    session.tell({
      kind: 'built', image, environment, lock, sourceBytes: source.bytes, framework: { name: plan.framework, version: lock === null ? null : installedVersion(lock, plan.framework) }, entryFile: plan.entryFile, python: plan.python, finished: { ...session.clock.finished },
    });
    await session.told();
  }

  /** What the plan's Python needs, made now if this host does not have it yet. */
  async #images({ log, signal }: BuildSession, python: string): Promise<BuildImages> {
    try {
      return await this.pythons.provide(python, (step) => log.say(step), signal);
    } catch (error) {
      signal.throwIfAborted();
      throw new BuildFailed(pythonNotMade(python), { cause: error });
    }
  }

  async #check(session: BuildSession, plan: BuildPlan, source: FetchedSource, sandbox: Sandbox, { builder }: BuildImages): Promise<void> {
    const scripts = scriptsToCheck(plan.entryFile, source.contents);
    if (plan.python === this.settings.defaultPython) return checkSyntax(sandbox, scripts);
    const { deployment, attempt } = session.order;
    const other = await this.sandboxes.open(buildSandbox({ deployment, attempt, step: 'check', image: builder }), session.signal);
    try {
      await checkSyntax(other, scripts);
    } finally {
      await other.close();
    }
  }

  async #make(session: BuildSession, plan: BuildPlan, source: FetchedSource, signal: AbortSignal, images: BuildImages): Promise<{ image: string; environment: string; lock: string | null }> {
    const { order, log } = session;
    const { image: environment, lock } = await this.environments.provide({ order, plan, images, commit: source.commit, source: source.archive, log, signal });
    signal.throwIfAborted();
    session.enter('image');
    const image = await makeAppImage(this.sandboxes.docker, { installation: this.settings.installation, order, plan, environment, source: source.archive });
    return { image, environment, lock };
  }
}
