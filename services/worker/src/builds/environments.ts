import type { BuildPlan } from '@weir/build-plan';
import type Docker from 'dockerode';
import { join } from 'node:path';
import type { BuildLog } from './build-log.ts';
import type { BuildOrder } from './build-reports.ts';
import type { BuilderSettings } from './builder-settings.ts';
import { environmentKey } from './environment-key.ts';
import { findEnvironment } from './image-from.ts';
import { InstallEnvironment } from './install-environment.ts';
import { KeyedLock } from './keyed-lock.ts';
import { labelledLock } from './lock-label.ts';
import { type Environment, storeEnvironment } from './store-environment.ts';
import { DISK_MOUNT, type Workbenches } from './workbenches.ts';
import type { BuildImages } from '../pythons/pythons.ts';

const RECIPE = '2';

/** One for each base image: a package compiled on one Debian needs its libc, and uv would take it for any Python that its name allows. */
const packageCache = (base: string): string => join('uv', base.replace(/^sha256:/, '').slice(0, 12));

export interface Wanted {
  readonly order: BuildOrder;
  readonly plan: BuildPlan;
  readonly images: BuildImages;
  /** Those that can be had, for what a failure advises. */
  readonly pythons: readonly string[];
  readonly commit: string;
  readonly source: string;
  readonly log: BuildLog;
  readonly signal: AbortSignal;
}

/** Environments: images that hold everything an app depends on and nothing of it, kept by content. */
export class Environments {
  readonly #lock = new KeyedLock();

  constructor(
    private readonly docker: Docker,
    private readonly settings: BuilderSettings,
    private readonly benches: Workbenches,
  ) {}

  /** The environment a plan asks for, made if it is not there yet. @throws BuildFailed */
  async provide(wanted: Wanted): Promise<Environment> {
    const { order, plan, log, images: { base } } = wanted;
    const parts = { recipe: RECIPE, base, workspace: order.workspace, inputs: plan.environmentInputs, commit: plan.copiesSource ? wanted.commit : null };
    const key = environmentKey(parts);
    if (this.#lock.isHeld(key)) await this.benches.drop(order); // whoever makes it may be waiting for a disk that nobody works on
    return this.#lock.hold(key, async () => {
      const there = await this.#find(key);
      if (!there) return this.#make(wanted, key);
      if (order.lock === null || there.lock === order.lock) return this.#found(there, log);
      // Since the release was made, the same inputs have led to other packages.
      const apart = environmentKey({ ...parts, inputs: [...parts.inputs, ['lock', order.lock]] });
      const again = await this.#find(apart);
      return again ? this.#found({ ...again, lock: order.lock }, log) : this.#make(wanted, apart);
    }, wanted.signal);
  }

  async #find(key: string): Promise<Environment | undefined> {
    const there = await findEnvironment(this.docker, `${this.#repo}:${key}`, key);
    return there && { image: there.id, lock: labelledLock(there.labels) };
  }

  #found(environment: Environment, log: BuildLog): Environment {
    log.say('Nothing to install: the environment is the one of an earlier build.');
    return environment;
  }

  get #repo(): string {
    return `weir-${this.settings.installation}-environment`;
  }

  async #make(wanted: Wanted, key: string): Promise<Environment> {
    const { order, plan, images: { base, builder }, source, log, signal } = wanted;
    log.say(order.lock === null ? `Installing the environment (Python ${plan.python}).` : `Installing the environment again (Python ${plan.python}): exactly the packages of its lock.`);
    const bench = await this.benches.take({ order, builder, log, signal });
    const { sandbox, disk, folder } = bench;
    let stored = false;
    try {
      const install = new InstallEnvironment({ ...bench, plan, lock: order.lock, log, indexUrl: this.settings.indexUrl, source, folder: join(DISK_MOUNT, folder), cache: join(DISK_MOUNT, packageCache(base)), bytecode: join(DISK_MOUNT, 'bytecode'), pythons: wanted.pythons });
      await install.begin();
      await Promise.all([install.packages(), bench.tidy()]);
      // The image's container is made ready meanwhile, and reads once nothing can write any more.
      const { installed, lock } = install.complete();
      const finished = lock.finally(() => sandbox.close()).then(() => {
        signal.throwIfAborted();
        log.say('Storing the environment.');
      });
      const storing = storeEnvironment(this.docker, { installation: this.settings.installation, order, signal, base, repo: this.#repo, key, disk, folder, installed, lock, finished });
      await Promise.allSettled([finished, storing]);
      await finished;
      const environment = await storing;
      stored = true;
      return environment;
    } finally {
      await bench.close(stored);
    }
  }
}
