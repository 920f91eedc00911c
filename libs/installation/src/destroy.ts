import type Docker from 'dockerode';
import { rmSync } from 'node:fs';
import type { DataFolder } from './data-folder.ts';
import { ensureSuccess } from './docker-errors.ts';

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
  await removeImages(docker, installation);
  for (const folder of [`/run/weir/${installation}`, `/var/lib/weir/${installation}`, data.path]) rmSync(folder, { recursive: true, force: true });
}

/** By tag, so that a base image which another installation tagged too stays; then what was left untagged. */
async function removeImages(docker: Docker, installation: string): Promise<void> {
  const mine = (tag: string): boolean => tag.startsWith(`weir-${installation}-`);
  for (const { RepoTags } of await docker.listImages({ all: true })) {
    for (const tag of (RepoTags ?? []).filter(mine)) await ensureSuccess(docker.getImage(tag).remove({ force: true }), [404, 409]);
  }
  const labelled = await docker.listImages({ all: true, filters: { label: [`weir.installation=${installation}`] } });
  for (const { Id } of labelled.toSorted((a, b) => b.Created - a.Created)) await ensureSuccess(docker.getImage(Id).remove({ force: true }), [404, 409]);
}
