import type Docker from 'dockerode';
import { Firewall } from '@weir/container-runtime-docker';
import { releaseImages } from '@weir/images';
import { readFileSync, rmSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';
import { ensureSuccess } from './docker-errors.ts';
import { run } from './run.ts';

/** Ends and removes the containers of this installation: apps and builds alike. */
export async function removeContainers(docker: Docker, installation: string): Promise<number> {
  const containers = await docker.listContainers({ all: true, filters: { label: [`weir.installation=${installation}`] } });
  for (const { Id } of containers) await ensureSuccess(docker.getContainer(Id).remove({ force: true, v: true }), [404, 409]);
  return containers.length;
}

/** Removes everything this installation ever made: in Docker, in /run and /var/lib, and its data folder. */
export async function destroy(docker: Docker, data: DataFolder): Promise<void> {
  const { installation } = data;
  const filters = { label: [`weir.installation=${installation}`] };
  await removeContainers(docker, installation);
  for (const { Id } of await docker.listNetworks({ filters })) await ensureSuccess(docker.getNetwork(Id).remove(), [404]);
  const { Volumes } = await docker.listVolumes({ filters });
  for (const { Name } of Volumes ?? []) await ensureSuccess(docker.getVolume(Name).remove({ force: true }), [404]);
  await removeBuiltImages(docker, installation);
  await releaseImages(docker, installation);
  await new Firewall({ installation, resolvers: [] }).remove();
  await unmountDisks(data);
  for (const folder of [`/run/weir/${installation}`, `/var/lib/weir/${installation}`, data.path]) rmSync(folder, { recursive: true, force: true });
}

/** Newest first: an app's image is made from its environment's. */
async function removeBuiltImages(docker: Docker, installation: string): Promise<void> {
  const images = await docker.listImages({ all: true, filters: { label: [`weir.installation=${installation}`] } });
  for (const { Id } of images.toSorted((a, b) => b.Created - a.Created)) await ensureSuccess(docker.getImage(Id).remove({ force: true }), [404, 409]);
}

/** The disks that builds had; the next build mounts its own again. */
export async function unmountDisks(data: DataFolder): Promise<void> {
  for (const mount of mountsBelow(data.path)) await run('umount', ['--', mount]);
}

function mountsBelow(folder: string): string[] {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1] ?? '');
  return mounts.filter((path) => path.startsWith(`${folder}/`)).toReversed();
}
