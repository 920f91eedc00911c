import type { BuildPlan, DeniedHost } from '@weir/build-plan';
import { join } from 'node:path';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import type { BuildDisks } from './build-disks.ts';
import type { BuildLog } from './build-log.ts';
import type { BuildOrder } from './build-reports.ts';
import type { BuilderSettings } from './builder-settings.ts';
import { environmentKey } from './environment-key.ts';
import { findEnvironment } from './image-from.ts';
import { InstallEnvironment } from './install-environment.ts';
import { KeyedLock } from './keyed-lock.ts';
import { labelledLock } from './lock-label.ts';
import { isOfBuild, removeLeftovers } from './remove-leftovers.ts';
import { removeAllWithin, removeWithin } from './remove-within.ts';
import { buildSandbox } from './sandbox-for-build.ts';
import { type Environment, storeEnvironment } from './store-environment.ts';
import type { BuildImages } from '../pythons/pythons.ts';

const RECIPE = '2';
const TIDY_AFTER_MS = 5000;
const WORKSPACE_MOUNT = '/mnt/weir';
/** On a workspace's disk: environments that are not images yet. */
const MAKING = 'environments';

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
  /** Names of the folders that builds work in. */
  readonly #inUse = new Set<string>();

  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly settings: BuilderSettings,
    private readonly disks: BuildDisks,
  ) {}

  /** Removes what an earlier life of this worker had in the making, or had stored and not removed yet. What is begun meanwhile stays. */
  async sweep(): Promise<void> {
    for (const disk of await this.disks.folders()) await removeAllWithin(join(disk, MAKING), (name) => isOfBuild(name) && !this.#inUse.has(name));
  }

  /** The environment a plan asks for, made if it is not there yet. @throws BuildFailed */
  async provide(wanted: Wanted): Promise<Environment> {
    const { order, plan, log, images: { base } } = wanted;
    const parts = { recipe: RECIPE, base, workspace: order.workspace, inputs: plan.environmentInputs, commit: plan.copiesSource ? wanted.commit : null };
    const key = environmentKey(parts);
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
    const there = await findEnvironment(this.sandboxes.docker, `${this.#repo}:${key}`, key);
    return there && { image: there.id, lock: labelledLock(there.labels) };
  }

  #found(environment: Environment, log: BuildLog): Environment {
    log.say('Nothing to install: the environment is the one of an earlier build.');
    return environment;
  }

  get #repo(): string {
    return `weir-${this.settings.installation}-environment`;
  }

  #make(wanted: Wanted, key: string): Promise<Environment> {
    return this.disks.use(wanted.order.workspace, (disk) => this.#makeOn(disk, wanted, key), wanted.signal);
  }

  /**
   * A stranger's code writes on the disk, so no path below its root is followed on the host: there a folder may be
   * a link to anywhere by now. Sandboxes and the packing container see the disk alone.
   */
  async #makeOn(disk: string, wanted: Wanted, key: string): Promise<Environment> {
    const { order, plan, images: { base, builder }, source, log, signal } = wanted;
    const { installation, egress, indexUrl } = this.settings;
    const name = `${order.deployment}-${order.attempt}`;
    log.say(order.lock === null ? `Installing the environment (Python ${plan.python}).` : `Installing the environment again (Python ${plan.python}): exactly the packages of its lock.`);
    const spec = buildSandbox({ deployment: order.deployment, attempt: order.attempt, step: 'environment', image: builder }, {
      mounts: [{ from: disk, to: WORKSPACE_MOUNT, writable: true }],
      scratch: { '/app': 256, '/tmp': 2048 },
    });
    const denied: DeniedHost[] = [];
    const onDenied = (to: string, why: string): void => {
      denied.push({ host: to.replace(/:\d+$/, ''), why });
      log.say(`The build may not reach ${to}: ${why}.`);
    };
    const sandbox = await this.sandboxes.open(spec, signal, { policy: egress, onDenied });
    this.#inUse.add(name);
    let stored = false;
    try {
      const tidied = removeLeftovers(sandbox, `${WORKSPACE_MOUNT}/${MAKING}`, this.#inUse);
      tidied.catch(() => undefined); // heard once the packages are there
      const install = new InstallEnvironment({ sandbox, plan, lock: order.lock, log, denied, indexUrl, source, folder: `${WORKSPACE_MOUNT}/${MAKING}/${name}`, cache: `${WORKSPACE_MOUNT}/${packageCache(base)}`, bytecode: `${WORKSPACE_MOUNT}/bytecode`, pythons: wanted.pythons, diskMib: this.disks.sizeMib });
      await install.packages();
      await tidied;
      // The image's container is made ready meanwhile, and reads once nothing can write any more.
      const lock = install.complete();
      const finished = lock.finally(() => sandbox.close()).then(() => signal.throwIfAborted());
      const storing = storeEnvironment(this.sandboxes.docker, { installation, order, log, signal, base, repo: this.#repo, key, disk, folder: `${MAKING}/${name}`, lock, finished });
      await Promise.allSettled([finished, storing]);
      await finished;
      const environment = await storing;
      stored = true;
      return environment;
    } finally {
      await sandbox.close();
      this.#inUse.delete(name);
      const remove = (): Promise<void> => removeWithin(join(disk, MAKING), name);
      // Once it is stored an app is about to start, which needs the disk more. What cannot be removed then, the workspace's next build removes.
      if (stored) setTimeout(() => void remove().catch(() => undefined), TIDY_AFTER_MS).unref();
      else await remove();
    }
  }
}
