import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type Docker from 'dockerode';
import { tarOf } from './tar.ts';
import { buildImage } from './build-image.ts';
import { SuiteRefused } from './debian-release.ts';
import { DEBIAN_PYTHONS, suitesOf } from './debian-suite.ts';
import { finished } from './docker-stream.ts';
import { ImageNotMade, type ImageRequest } from './image-request.ts';
import { findSuite } from './python-origin.ts';
import { localImage, recipeHash, tagImage } from './recipe.ts';
import { pullPython } from './registry.ts';
import { APP_GROUP, APP_USER, APT_OPTIONS, FOLDERS, LEFT_OUT, makeRootFilesystem } from './root-filesystem.ts';

/** Raise it when the making of a base image changes in a way the parts below do not show. */
const RECIPE = '2';

export interface BaseImageRequest extends ImageRequest {
  /** A Debian mirror; the one this host's apt uses when not given. */
  readonly mirror?: string;
  /** `HOST[:PORT]` of a registry; the public one when not given. */
  readonly registry?: string;
}

/** The name under which all installations of a machine share the base image of one Python. */
export const sharedBaseName = (python: string): string => `weir-base:${python}-${recipeHash([RECIPE, APP_USER, APP_GROUP, APT_OPTIONS, ...FOLDERS, ...LEFT_OUT])}`;

/** The name by which one installation holds on to it. */
export const baseName = (installation: string, python: string): string => `weir-${installation}-base:${python}`;

/** The label that says where an image's Python is from. */
export const FROM_LABEL = 'weir.from';

const configOf = (from: string): string[] => [`LABEL weir.kind=base ${FROM_LABEL}=${JSON.stringify(from)}`, 'ENV PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin LANG=C.UTF-8', 'WORKDIR /app'];

async function importDebian(docker: Docker, name: string, { installation, python, mirror, say }: BaseImageRequest): Promise<void> {
  if (suitesOf(python).length === 0) throw new ImageNotMade(`Python ${python} needs a container registry; without one there are ${DEBIAN_PYTHONS.join(', ')}.`);
  const { title, ...found } = await findSuite(python, mirror).catch((error: unknown) => {
    throw error instanceof SuiteRefused ? new ImageNotMade(`Python ${python} cannot be made. ${error.message}.`, { cause: error }) : error;
  });
  const { folder, remove } = await makeRootFilesystem({ installation, python, ...found, say });
  try {
    say('importing the base image');
    const [repo, tag] = name.split(':');
    const tar = spawn('tar', ['-C', folder, '--numeric-owner', ...LEFT_OUT.map((path) => `--exclude=${path}`), '-cf', '-', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const packed = once(tar, 'close') as Promise<[number | null]>;
    await finished(docker, (await docker.importImage(tar.stdout, { repo, tag, changes: configOf(title) })) as unknown as NodeJS.ReadableStream);
    const [code] = await packed;
    if (code !== 0) {
      await docker.getImage(name).remove(); // the engine takes an archive that was cut short for a whole one
      throw new ImageNotMade(`The base image could not be packed: tar ended with ${code}.`);
    }
  } finally {
    await remove();
  }
}

/** Our users and folders on top of a registry's image: a trusted build without network. */
async function deriveFrom(docker: Docker, { id, from }: { id: string; from: string }, name: string): Promise<void> {
  const lines = [`FROM ${id}`, `RUN mkdir -p ${FOLDERS.map((folder) => `/${folder}`).join(' ')} && printf '${APP_USER.trim()}\\n' >> /etc/passwd && printf '${APP_GROUP.trim()}\\n' >> /etc/group`, ...configOf(from)];
  const context = tarOf([{ name: 'Dockerfile', content: `${lines.join('\n')}\n` }]);
  await buildImage(docker, context, { t: name, networkmode: 'none', forcerm: true });
}

/**
 * The image that apps run on: Debian with one Python, nothing else. Made once a machine, whatever
 * number of installations it has, from a registry where one answers and else from the Debian mirror.
 *
 * @returns the image's id
 * @throws ImageNotMade
 */
export async function ensureBaseImage(request: BaseImageRequest): Promise<string> {
  const { docker, installation, python, say } = request;
  const name = sharedBaseName(python);
  let id = await localImage(docker, name);
  if (!id) {
    const pulled = await pullPython(docker, python, request.registry);
    if (pulled) await deriveFrom(docker, pulled, name);
    else {
      say(`no registry answers: making Python ${python} from the Debian mirror`);
      await importDebian(docker, name, request);
    }
    id = await localImage(docker, name);
  }
  if (!id) throw new ImageNotMade(`The base image for Python ${python} was made but cannot be found.`);
  await tagImage(docker, id, baseName(installation, python));
  return id;
}
