import type Docker from 'dockerode';
import { ensureSuccess } from './client/ensure-success.ts';
import { Firewall } from './firewall/firewall.ts';

/** Ends and removes the containers of an installation: apps and builds alike. */
export async function removeContainers(docker: Docker, installation: string): Promise<number> {
  const containers = await docker.listContainers({ all: true, filters: { label: [`weir.installation=${installation}`] } });
  for (const { Id } of containers) await ensureSuccess(docker.getContainer(Id).remove({ force: true, v: true }), [404, 409]);
  return containers.length;
}

/** An image goes after those that were made from it, and times of making are whole seconds: so again, while it helps. */
export async function removeImages(docker: Docker, installation: string): Promise<void> {
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const images = await docker.listImages({ all: true, filters: { label: [`weir.installation=${installation}`] } });
    if (images.length === 0 || images.length >= before) return;
    before = images.length;
    for (const { Id } of images.toSorted((a, b) => b.Created - a.Created)) await ensureSuccess(docker.getImage(Id).remove({ force: true }), [404, 409]);
  }
}

/** Removes what an installation made in Docker and in the packet filter. */
export async function removeEverything(docker: Docker, installation: string): Promise<void> {
  const filters = { label: [`weir.installation=${installation}`] };
  await removeContainers(docker, installation);
  for (const { Id } of await docker.listNetworks({ filters })) await ensureSuccess(docker.getNetwork(Id).remove(), [404]);
  const { Volumes } = await docker.listVolumes({ filters });
  for (const { Name } of Volumes ?? []) await ensureSuccess(docker.getVolume(Name).remove({ force: true }), [404]);
  await removeImages(docker, installation);
  await new Firewall({ installation, resolvers: [] }).remove();
}
