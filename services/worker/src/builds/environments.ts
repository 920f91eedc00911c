import type { BuildPlan, DeniedHost } from '@weir/build-plan';
import { chown, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Logger } from '@weir/telemetry';
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
import { buildLabels, buildSandbox } from './sandbox-for-build.ts';
import type { BuildImages } from '../pythons/pythons.ts';

const RECIPE = '2';
const LOCK_LABEL = 'weir.lock';
const TIDY_AFTER_MS = 10_000;
const WORKSPACE_MOUNT = '/mnt/weir';

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
  readonly folder: string;
  readonly lock: Promise<string>;
  readonly finished: Promise<void>;
}

/** Environments: images that hold everything an app depends on and nothing of it, kept by content. */
export class Environments {
  readonly #lock = new KeyedLock();
  /** Folders that builds work in. */
  readonly #inUse = new Set<string>();

  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly settings: BuilderSettings,
    private readonly disks: BuildDisks,
    private readonly logger: Pick<Logger, 'warn'>,
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
      return this.disks.use(order.workspace, (disk) => this.#make(wanted, repo, key, disk), wanted.signal);
    }, wanted.signal);
  }

  async #make(wanted: Wanted, repo: string, key: string, workspaceDir: string): Promise<Environment> {
    const { order, plan, images: { base, builder }, source, log, signal } = wanted;
    const { egress, indexUrl } = this.settings;
    const name = `${order.deployment}-${order.attempt}`;
    const folder = join(workspaceDir, 'environments', name);
    const cache = packageCache(base);
    for (const path of ['uv', cache, 'bytecode', 'environments']) await this.#ownedFolder(join(workspaceDir, path));
    await rm(folder, { recursive: true, force: true });
    log.say(`Installing the environment (Python ${plan.python}).`);
    const spec = buildSandbox({ deployment: order.deployment, attempt: order.attempt, step: 'environment', image: builder }, {
      mounts: [{ from: workspaceDir, to: WORKSPACE_MOUNT, writable: true }],
      scratch: { '/app': 256, '/tmp': 2048 },
    });
    const denied: DeniedHost[] = [];
    const onDenied = (to: string, why: string): void => {
      denied.push({ host: to.replace(/:\d+$/, ''), why });
      log.say(`The build may not reach ${to}: ${why}.`);
    };
    const sandbox = await this.sandboxes.open(spec, signal, { policy: egress, onDenied });
    this.#inUse.add(folder);
    let stored = false;
    try {
      const install = new InstallEnvironment({ sandbox, plan, log, denied, indexUrl, source, folder: `${WORKSPACE_MOUNT}/environments/${name}`, cache: `${WORKSPACE_MOUNT}/${cache}`, bytecode: `${WORKSPACE_MOUNT}/bytecode`, pythons: wanted.pythons, diskMib: this.disks.sizeMib });
      await install.packages();
      // The image's container is made ready meanwhile, and reads once nothing can write any more.
      const finished = install.compile().finally(() => sandbox.close()).then(() => signal.throwIfAborted());
      const storing = this.#store(wanted, { base, repo, key, folder, lock: install.lock(), finished });
      await Promise.allSettled([finished, storing]);
      await finished;
      const environment = await storing;
      stored = true;
      return environment;
    } finally {
      await sandbox.close();
      this.#inUse.delete(folder);
      this.#tidy(dirname(folder), stored ? TIDY_AFTER_MS : 0);
    }
  }

  async #store({ order, log, signal }: Wanted, { base, repo, key, folder, lock: locked, finished }: Filled): Promise<Environment> {
    const { installation } = this.settings;
    const lock = await locked;
    log.say('Storing the environment.');
    const encoded = Buffer.from(lock).toString('base64');
    const pack = (upon: string): Promise<string> => packEnvironment(this.sandboxes.docker, {
      base: upon, folder, finished, repo, tag: key, signal,
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

  /** Removes what no build works on then; also what an earlier life of this worker left. Where an app is about to start, it would take the disk from it: a while later. */
  #tidy(folder: string, afterMs: number): void {
    const tidy = async (): Promise<void> => {
      for (const name of await readdir(folder)) if (!this.#inUse.has(join(folder, name))) await rm(join(folder, name), { recursive: true, force: true });
    };
    setTimeout(() => void tidy().catch((error: unknown) => this.logger.warn({ err: error, folder }, 'build.leftovers')), afterMs).unref();
  }

  async #ownedFolder(path: string): Promise<void> {
    await mkdir(path, { recursive: true, mode: 0o755 });
    if (process.getuid?.() === 0) await chown(path, this.sandboxes.uid, this.sandboxes.uid);
  }
}
