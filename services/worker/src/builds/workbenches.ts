import type { DeniedHost } from '@weir/build-plan';
import { join } from 'node:path';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import type { BuildDisks } from './build-disks.ts';
import type { BuildLog } from './build-log.ts';
import type { BuildOrder } from './build-reports.ts';
import type { BuilderSettings } from './builder-settings.ts';
import { isOfBuild, removeLeftovers } from './remove-leftovers.ts';
import { removeAllWithin, removeWithin } from './remove-within.ts';
import { buildSandbox } from './sandbox-for-build.ts';

/** Where a sandbox has its workspace's disk. */
export const DISK_MOUNT = '/mnt/weir';
/** On a workspace's disk: environments that are not images yet. */
const MAKING = 'environments';
const TIDY_AFTER_MS = 5000;

interface For {
  readonly order: BuildOrder;
  /** The image of the sandbox. */
  readonly builder: string;
  readonly log: BuildLog;
  readonly signal: AbortSignal;
}

/**
 * Where one attempt makes its environment: a sandbox with its workspace's disk.
 *
 * A stranger's code writes on the disk, so no path below its root is followed on the host: there a folder may be
 * a link to anywhere by now. Sandboxes and the packing container see the disk alone.
 */
export interface Workbench {
  readonly sandbox: Sandbox;
  /** On this host. */
  readonly disk: string;
  /** The environment's folder, from the disk's root. */
  readonly folder: string;
  /** What there is on the disk at most, where that is limited. */
  readonly diskMib: number | undefined;
  /** What the sandbox was refused so far. */
  readonly denied: readonly DeniedHost[];
  /** Removes what earlier builds left on the disk. */
  tidy(): Promise<void>;
  /** @param stored the environment is an image now: an app is about to start, which needs the disk more than its removal does */
  close(stored: boolean): Promise<void>;
}

/** The workbenches of this host's builds, one for each attempt. */
export class Workbenches {
  /** Names of the folders that builds work in. */
  readonly #inUse = new Set<string>();
  readonly #ahead = new Map<string, { readonly builder: string; readonly bench: Promise<Workbench | undefined> }>();

  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly settings: BuilderSettings,
    private readonly disks: BuildDisks,
  ) {}

  /** Removes what an earlier life of this worker had in the making, or had stored and not removed yet. What is begun meanwhile stays. */
  async sweep(): Promise<void> {
    for (const disk of await this.disks.folders()) await removeAllWithin(join(disk, MAKING), (name) => isOfBuild(name) && !this.#inUse.has(name));
  }

  /** Opens one while the source is still read, if the app has no image here: then it will most likely be needed. Taken or dropped by the same build. */
  expect(wanted: For): void {
    const bench = this.#hasImage(wanted.order.app).then((has) => (has ? undefined : this.#open(wanted)));
    bench.catch(() => undefined); // heard by whoever takes it
    this.#ahead.set(nameOf(wanted.order), { builder: wanted.builder, bench });
  }

  /** The one that was opened beforehand, or another. @throws BuildFailed if the host has no room, or the signal's reason */
  async take(wanted: For): Promise<Workbench> {
    const name = nameOf(wanted.order);
    const ahead = this.#ahead.get(name);
    if (ahead?.builder !== wanted.builder) {
      await this.drop(wanted.order);
      return this.#open(wanted);
    }
    this.#ahead.delete(name);
    return (await ahead.bench) ?? this.#open(wanted);
  }

  /** Closes the one that was opened beforehand, unless it was taken. */
  async drop(order: BuildOrder): Promise<void> {
    const ahead = this.#ahead.get(nameOf(order));
    this.#ahead.delete(nameOf(order));
    const bench = await ahead?.bench.catch(() => undefined); // nobody needed it
    await bench?.close(false);
  }

  async #hasImage(app: string): Promise<boolean> {
    const images = await this.sandboxes.docker.listImages({ filters: { label: ['weir.kind=image', `weir.app=${app}`] } });
    return images.length > 0;
  }

  async #open({ order, builder, log, signal }: For): Promise<Workbench> {
    const name = nameOf(order);
    const { folder: disk, giveBack } = await this.disks.lend(order.workspace, signal);
    this.#inUse.add(name);
    const leave = (): void => {
      this.#inUse.delete(name);
      giveBack();
    };
    const denied: DeniedHost[] = [];
    const onDenied = (to: string, why: string): void => {
      denied.push({ host: to.replace(/:\d+$/, ''), why });
      log.say(`The build may not reach ${to}: ${why}.`);
    };
    const spec = buildSandbox({ deployment: order.deployment, attempt: order.attempt, step: 'environment', image: builder }, {
      mounts: [{ from: disk, to: DISK_MOUNT, writable: true }],
      scratch: { '/app': 256, '/tmp': 2048 },
    });
    const sandbox = await this.sandboxes.open(spec, signal, { policy: this.settings.egress, onDenied }).catch((error: unknown) => {
      leave();
      throw error;
    });
    return {
      sandbox, disk, folder: join(MAKING, name), diskMib: this.disks.sizeMib, denied,
      tidy: () => removeLeftovers(sandbox, join(DISK_MOUNT, MAKING), this.#inUse),
      close: async (stored) => {
        const remove = (): Promise<void> => removeWithin(join(disk, MAKING), name);
        try {
          await sandbox.close();
          // What cannot be removed later, the workspace's next build removes.
          if (stored) setTimeout(() => void remove().catch(() => undefined), TIDY_AFTER_MS).unref();
          else await remove();
        } finally {
          leave();
        }
      },
    };
  }
}

const nameOf = ({ deployment, attempt }: BuildOrder): string => `${deployment}-${attempt}`;
