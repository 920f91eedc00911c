import { createHash } from 'node:crypto';
import type Docker from 'dockerode';

/** A short name for everything that decides an image's content. */
export const recipeHash = (parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex').slice(0, 12);
};

/** A local image, if there is one of that name. */
export function inspectImage(docker: Docker, name: string): Promise<Docker.ImageInspectInfo | undefined> {
  return docker.getImage(name).inspect().catch((error: { statusCode?: number }) => {
    if (error.statusCode === 404) return undefined;
    throw error;
  });
}

/** Its id. */
export const localImage = async (docker: Docker, name: string): Promise<string | undefined> => (await inspectImage(docker, name))?.Id;

/** Gives an image one more name. */
export async function tagImage(docker: Docker, id: string, name: string): Promise<void> {
  const [repo = name, tag = 'latest'] = name.split(':');
  await docker.getImage(id).tag({ repo, tag });
}
