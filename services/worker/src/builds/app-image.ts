import type { BuildPlan } from '@weir/build-plan';
import type Docker from 'dockerode';
import { createReadStream } from 'node:fs';
import type { BuildOrder } from './build-reports.ts';
import { deriveImage, removeImage } from './image-from.ts';
import { buildLabels } from './sandbox-for-build.ts';

interface AppImage {
  readonly installation: string;
  readonly order: BuildOrder;
  readonly plan: BuildPlan;
  readonly environment: string;
  /** The archive of source and entry program on this host. */
  readonly source: string;
  readonly signal: AbortSignal;
}

/** An app's image: its environment, and one layer with its source. Nothing of it runs here. */
export function makeAppImage(docker: Docker, { installation, order, plan, environment, source, signal }: AppImage): Promise<string> {
  return deriveImage(docker, {
    from: environment,
    signal,
    repo: `weir-${installation}-image`,
    tag: `${order.deployment.replace('_', '-')}-${order.attempt}`,
    labels: () => Promise.resolve({
      'weir.installation': installation, 'weir.kind': 'image', 'weir.workspace': order.workspace, 'weir.app': order.app, 'weir.deployment': order.deployment, 'weir.attempt': String(order.attempt), 'weir.lock': '',
    }),
    command: ['python3', '/opt/weir/entry.py', plan.framework, plan.entryFile, ...plan.variables.map(([name, value]) => `${name}=${value}`)],
    container: { name: `weir-${installation}-build-${order.deployment}-${order.attempt}-image`, Labels: buildLabels(installation, order) },
    fill: async (container) => {
      await container.putArchive(createReadStream(source), { path: '/' });
    },
  });
}

/** Removes what an attempt made, once it is known that nobody will run it. */
export async function discardAppImage(docker: Docker, { deployment, attempt }: Pick<BuildOrder, 'deployment' | 'attempt'>): Promise<void> {
  const images = await docker.listImages({ filters: { label: ['weir.kind=image', `weir.deployment=${deployment}`, `weir.attempt=${attempt}`] } });
  for (const { Id } of images) await removeImage(docker, Id); // a commit that was abandoned removes its own
}
