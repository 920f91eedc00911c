import type { BuildPlan } from '@weir/build-plan';
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
import type { FetchedSource } from './fetch-source.ts';
import { findImage } from './image-from.ts';
import { buildSandbox } from './sandbox-for-build.ts';
import type { Environment } from './store-environment.ts';

/** A build holds one of few places while it waits for a Python. */
const PYTHON_LIMIT_MS = 10 * 60_000;

/** What a plan came to. */
export interface Built {
  readonly plan: BuildPlan;
  readonly check: DeployCheck;
  readonly image: string;
  readonly environment: string;
  readonly lock: string | null;
}

/** From a plan to an image: checks, environment, image, all on the plan's Python. */
export class BuildOn {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly settings: BuilderSettings,
    private readonly pythons: Pick<Pythons, 'provide'>,
    private readonly environments: Environments,
  ) {}

  /** The checks need only the source: they run beside the rest, and end the rest when they fail. */
  async execute(session: BuildSession, { plan, pythons, source, sandbox }: { plan: BuildPlan; pythons: readonly string[]; source: FetchedSource; sandbox: Sandbox }): Promise<Built> {
    const images = await this.#images(session, plan.python);
    const stop = new AbortController();
    const signal = AbortSignal.any([session.signal, stop.signal]);
    const checked = this.#check(session, plan, { source, sandbox, pythons, ...images }).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    });
    const made = this.#make(session, { plan, images, pythons, commit: source.commit, source: source.archive, signal });
    await Promise.allSettled([checked, made]);
    const check = await checked;
    return { check, plan, ...(await made) };
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

  async #make(session: BuildSession, given: Omit<Wanted, 'order' | 'log'>): Promise<Pick<Built, 'image' | 'environment' | 'lock'>> {
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
