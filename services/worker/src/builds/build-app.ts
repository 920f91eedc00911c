import { becauseAbsent, type BuildPlan, installedVersion, judgeEntry, planBuild, viewOf } from '@weir/build-plan';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pythons } from '../pythons/pythons.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { BuildFailed } from './build-failed.ts';
import type { BuildOn, Built } from './build-on.ts';
import type { BuildSession } from './build-session.ts';
import type { BuilderSettings } from './builder-settings.ts';
import type { FetchedSource, FetchSource } from './fetch-source.ts';
import { failedOnBoth, LearntPythons, missedPython } from './other-python.ts';
import type { Workbenches } from './workbenches.ts';

/** From an order to an image: fetch, plan, environment, image. */
export class BuildApp {
  readonly #learnt = new LearntPythons();

  constructor(
    private readonly settings: BuilderSettings,
    private readonly pythons: Pick<Pythons, 'offered'>,
    private readonly fetchSource: FetchSource,
    private readonly benches: Workbenches,
    private readonly buildOn: BuildOn,
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
      const { defaultPython, defaultBuilder } = this.settings;
      if (order.python === null || order.python === defaultPython) this.benches.expect({ order, builder: defaultBuilder, log, signal });
      await this.fetchSource.execute({ order, archive: join(folder, 'source.tar'), log, signal, use: (source, sandbox) => this.#attempt(session, source, sandbox) });
    } finally {
      await rm(folder, { recursive: true, force: true });
      await this.benches.drop(order);
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
    session.log.say(`Commit ${source.commit.slice(0, 12)} ${source.message.split('\n')[0] ?? ''}`);
    session.tell({ kind: 'fetched', commit: source.commit, branch: source.branch, message: source.message, author: source.author });
    for (const warning of source.warnings) session.warn(warning);

    session.enter('plan');
    const pythons = await this.pythons.offered();
    const first = this.#plan(session, source, pythons);
    const learnt = this.#learnt.of(first);
    const plan = learnt === undefined ? first : this.#plan(session, source, pythons, { python: learnt, than: first.python });
    this.#tell(session, plan);
    const { failure, warnings } = judgeEntry(source.tree, plan);
    if (failure) throw new BuildFailed(failure);
    for (const warning of warnings) session.warn(warning);

    session.enter('environment');
    const { check, image, environment, lock, plan: done } = await this.#onEither(session, plan, { pythons, source, sandbox });
    if (done.python !== first.python) this.#learnt.learn(first, done.python);
    check.conclude(lock);
    session.clock.end();
    session.tell({
      kind: 'built', image, environment, lock, sourceBytes: source.bytes, framework: { name: done.framework, version: lock === null ? null : installedVersion(lock, done.framework) }, entryFile: done.entryFile, python: done.python, finished: { ...session.clock.finished },
    });
    if (!(await session.told())) session.signal.throwIfAborted(); // nobody knows of the image
  }

  /** On the plan's Python, or once more on another where it turns out that only that will do, and nobody chose one. */
  async #onEither(session: BuildSession, plan: BuildPlan, given: { pythons: readonly string[]; source: FetchedSource; sandbox: Sandbox }): Promise<Built> {
    try {
      return await this.buildOn.execute(session, { ...given, plan });
    } catch (error) {
      const missed = missedPython(error, session.order);
      const other = missed && this.#plan(session, given.source, given.pythons, { python: missed.python, than: plan.python });
      if (!other || other.python === plan.python) throw error;
      session.log.say(`${missed.because} The app's settings leave the Python open, so ${other.python} is tried.`);
      this.#tell(session, other);
      return await this.buildOn.execute(session, { ...given, plan: other }).catch((second: unknown) => {
        throw failedOnBoth(error, second, plan.python);
      });
    }
  }

  /** @param instead the Python that turned out to be needed, other than the one that was planned */
  #plan({ order }: BuildSession, { tree }: FetchedSource, pythons: readonly string[], instead?: { python: string; than: string }): BuildPlan {
    const needs = instead ? [{ range: instead.python, path: `the package that failed on Python ${instead.than}` }] : [];
    const answer = planBuild(tree, { entryFile: order.source.entryFile, python: order.python, pythons, defaultPython: this.settings.defaultPython, allows: this.settings.allows, needs });
    if (!answer.ok) throw new BuildFailed(answer.failure);
    return answer.plan;
  }

  #tell(session: BuildSession, plan: BuildPlan): void {
    for (const note of plan.notes) session.log.say(note);
    session.tell({ kind: 'planned', plan: viewOf(plan) });
  }
}
