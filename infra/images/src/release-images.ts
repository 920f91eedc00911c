import type Docker from 'dockerode';
import { removeLeftovers } from './leftovers.ts';

/** The shared names; an image that has only such names left is nobody's. */
const SHARED = /^weir-(base|builder|stores):/;
const OWNED = /^weir-[a-z2-7]{8}-(base|builder|stores):/;

/** Lets go of an installation's images; those that no other installation holds disappear. */
export async function releaseImages(docker: Docker, installation: string): Promise<void> {
  await removeLeftovers(docker, installation);
  const kinds = ['stores', 'builder', 'base']; // the others are made from a base, so it goes last
  for (const kind of kinds) {
    for (const image of await docker.listImages({ filters: { label: [`weir.kind=${kind}`] } })) {
      const names = image.RepoTags ?? [];
      const own = names.filter((name) => name.startsWith(`weir-${installation}-`));
      const others = names.filter((name) => OWNED.test(name) && !own.includes(name));
      const going = others.length > 0 ? own : [...own, ...names.filter((name) => SHARED.test(name))];
      for (const name of going) await docker.getImage(name).remove();
    }
  }
}
