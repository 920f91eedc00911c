import type Docker from 'dockerode';
import type { BuildOrder } from './build-reports.ts';
import { findImage } from './image-from.ts';
import { LOCK_LABEL, lockLabel } from './lock-label.ts';
import { nearestEnvironment } from './nearest-environment.ts';
import { packEnvironment } from './pack-environment.ts';
import { buildLabels } from './sandbox-for-build.ts';

export interface Environment {
  /** The image's id. */
  readonly image: string;
  readonly lock: string | null;
}

/** An environment that has its packages, while it is being finished. */
interface Filled {
  readonly installation: string;
  readonly order: BuildOrder;
  readonly signal: AbortSignal;
  readonly base: string;
  readonly repo: string;
  readonly key: string;
  /** The workspace's disk on this host, and where the environment lies there. */
  readonly disk: string;
  readonly folder: string;
  /** The packages, a line each. */
  readonly installed: Promise<string>;
  readonly lock: Promise<string>;
  readonly finished: Promise<void>;
}

/** Makes an environment an image, stored upon the one that it resembles most. */
export async function storeEnvironment(docker: Docker, { installation, order, signal, base, repo, key, disk, folder, installed, lock, finished }: Filled): Promise<Environment> {
  const pack = (upon: string): Promise<string> => packEnvironment(docker, {
    base: upon, disk, folder, finished, repo, tag: key, signal,
    name: `weir-${installation}-build-${order.deployment}-${order.attempt}-pack`,
    containerLabels: buildLabels(installation, order),
    labels: async () => ({
      'weir.installation': installation, 'weir.kind': 'environment', 'weir.workspace': order.workspace, 'weir.environment': key, 'weir.base': base,
      [LOCK_LABEL]: lockLabel(await lock),
    }),
  });
  const nearest = await nearestEnvironment(docker, { workspace: order.workspace, base, installed: await installed });
  const image = await pack(nearest ?? base).catch(async (error: unknown) => {
    if (signal.aborted || nearest === undefined || (await findImage(docker, nearest))) throw error;
    return pack(base); // nothing needed it any more, and it was removed as it was chosen
  });
  return { image, lock: await lock };
}
