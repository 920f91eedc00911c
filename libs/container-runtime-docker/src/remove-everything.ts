import type Docker from 'dockerode';
import { ensureSuccess } from './client/ensure-success.ts';
import { Firewall } from './firewall/firewall.ts';

/** Ends and removes the containers of an installation: apps and builds alike. */
export async function removeContainers(docker: Docker, installation: string): Promise<number> {
  const containers = await docker.listContainers({ all: true, filters: { label: [`weir.installation=${installation}`] } });
  for (const { Id } of containers) await ensureSuccess(docker.getContainer(Id).remove({ force: true, v: true }), [404, 409]);
  return containers.length;
}

/** Removes what an installation made in Docker and in the packet filter. */
export async function removeEverything(docker: Docker, installation: string): Promise<void> {
  const filters = { label: [`weir.installation=${installation}`] };
  await removeContainers(docker, installation);
  for (const { Id } of await docker.listNetworks({ filters })) await ensureSuccess(docker.getNetwork(Id).remove(), [404]);
  const { Volumes } = await docker.listVolumes({ filters });
  for (const { Name } of Volumes ?? []) await ensureSuccess(docker.getVolume(Name).remove({ force: true }), [404]);
  const images = await docker.listImages({ all: true, filters });
  const newestFirst = images.toSorted((a, b) => b.Created - a.Created); // an app's image is made from its environment's
  for (const { Id } of newestFirst) await ensureSuccess(docker.getImage(Id).remove({ force: true }), [404, 409]);
  await new Firewall({ installation, resolvers: [] }).remove();
}
