import type { BuildPlan, DeniedHost } from '@weir/build-plan';
import { join } from 'node:path';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import type { BuildDisks } from './build-disks.ts';
import type { BuildLog } from './build-log.ts';
import type { BuildOrder } from './build-reports.ts';
import type { BuilderSettings } from './builder-settings.ts';
import { environmentKey } from './environment-key.ts';
import { findEnvironment, findImage } from './image-from.ts';
import { InstallEnvironment } from './install-environment.ts';
import { KeyedLock } from './keyed-lock.ts';
import { nearestEnvironment } from './nearest-environment.ts';
import { packEnvironment } from './pack-environment.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import { buildLabels, buildSandbox } from './sandbox-for-build.ts';
import type { BuildImages } from '../pythons/pythons.ts';

const RECIPE = '2';
const LOCK_LABEL = 'weir.lock';
const WORKSPACE_MOUNT = '/mnt/weir';
const ENVIRONMENTS = `${WORKSPACE_MOUNT}/environments`;

/** One for each base image: a package compiled on one Debian needs its libc, and uv would take it for any Python that its name allows. */
const packageCache = (base: string): string => join('uv', base.replace(/^sha256:/, '').slice(0, 12));

export interface Environment {
  /** The image's id. */
  readonly image: string;
  readonly lock: string | null;
}

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

/** An environment that has its packages, while it is being finished. */
interface Filled {
  readonly base: string;
  readonly repo: string;
  readonly key: string;
  /** The workspace's disk on this host, and what the environment's folder is called there. */
  readonly disk: string;
  readonly name: string;
  readonly lock: Promise<string>;
  readonly finished: Promise<void>;
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

  /** The environment a plan asks for, made if it is not there yet. @throws BuildFailed */
  async provide(wanted: Wanted): Promise<Environment> {
    const { order, plan, log, images: { base } } = wanted;
    const key = environmentKey({ recipe: RECIPE, base, workspace: order.workspace, inputs: plan.environmentInputs, commit: plan.copiesSource ? wanted.commit : null });
    return this.#lock.hold(key, async () => {
      const repo = `weir-${this.settings.installation}-environment`;
      const there = await findEnvironment(this.sandboxes.docker, `${repo}:${key}`, key);
      if (there) {
        log.say('Nothing to install: the environment is the one of an earlier build.');
        const encoded = there.labels[LOCK_LABEL];
        return { image: there.id, lock: encoded ? Buffer.from(encoded, 'base64').toString('utf8') : null };
      }
      return this.disks.use(order.workspace, (disk) => this.#make(wanted, repo, key, disk));
    }, wanted.signal);
  }

  /**
   * A stranger's code writes on the disk, so nothing below its root is touched on the host: there a folder may be
   * a link to anywhere by now. Sandboxes and the packing container see the disk alone.
   */
  async #make(wanted: Wanted, repo: string, key: string, disk: string): Promise<Environment> {
    const { order, plan, images: { base, builder }, source, log, signal } = wanted;
    const { egress, indexUrl } = this.settings;
    const name = `${order.deployment}-${order.attempt}`;
    log.say(`Installing the environment (Python ${plan.python}).`);
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
    try {
      const tidied = removeLeftovers(sandbox, ENVIRONMENTS, this.#inUse);
      tidied.catch(() => undefined); // heard once the packages are there
      const install = new InstallEnvironment({ sandbox, plan, log, denied, indexUrl, source, folder: `${ENVIRONMENTS}/${name}`, cache: `${WORKSPACE_MOUNT}/${packageCache(base)}`, bytecode: `${WORKSPACE_MOUNT}/bytecode`, pythons: wanted.pythons, diskMib: this.disks.sizeMib });
      await install.packages();
      await tidied;
      // The image's container is made ready meanwhile, and reads once nothing can write any more.
      const lock = install.lock();
      const finished = Promise.all([install.compile(), lock]).finally(() => sandbox.close()).then(() => signal.throwIfAborted());
      const storing = this.#store(wanted, { base, repo, key, disk, name, lock, finished });
      await Promise.allSettled([finished, storing]);
      await finished;
      return await storing;
    } finally {
      await sandbox.close();
      this.#inUse.delete(name);
    }
  }

  async #store({ order, log, signal }: Wanted, { base, repo, key, disk, name, lock: locked, finished }: Filled): Promise<Environment> {
    const { installation } = this.settings;
    const lock = await locked;
    log.say('Storing the environment.');
    const encoded = Buffer.from(lock).toString('base64');
    const pack = (upon: string): Promise<string> => packEnvironment(this.sandboxes.docker, {
      base: upon, disk, folder: `environments/${name}`, finished, repo, tag: key, signal,
      name: `weir-${installation}-build-${order.deployment}-${order.attempt}-pack`,
      containerLabels: buildLabels(installation, order),
      labels: {
        'weir.installation': installation, 'weir.kind': 'environment', 'weir.workspace': order.workspace, 'weir.environment': key, 'weir.base': base,
        [LOCK_LABEL]: encoded.length < 100_000 ? encoded : '',
      },
    });
    const nearest = await nearestEnvironment(this.sandboxes.docker, { workspace: order.workspace, base, lock });
    const image = await pack(nearest ?? base).catch(async (error: unknown) => {
      if (signal.aborted || nearest === undefined || (await findImage(this.sandboxes.docker, nearest))) throw error;
      return pack(base); // nothing needed it any more, and it was removed as it was chosen
    });
    return { image, lock };
  }
}
