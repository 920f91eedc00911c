import { ImageNotMade, type ImageRequest } from './image-request.ts';
import { localImage, recipeHash, tagImage } from './recipe.ts';
import { imageByScript } from './setup-container.ts';

const PACKAGES = ['redis-server', 'postgresql'];

export interface StoresImageRequest extends Omit<ImageRequest, 'python'> {
  /** The id of the base image it starts from. */
  readonly base: string;
  readonly caBundle?: string;
}

/** The name by which one installation holds on to it. */
export const storesName = (installation: string): string => `weir-${installation}-stores`;

/** No cluster is made at the installation: each container begins with an empty one. */
const SCRIPT = `set -e
export DEBIAN_FRONTEND=noninteractive
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
echo 'step: installing Redis and PostgreSQL'
apt-get -o Acquire::https::CaInfo="$1" update -qq
apt-get -o Acquire::https::CaInfo="$1" install -y -qq --no-install-recommends ${PACKAGES.join(' ')}
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
`;

/**
 * Debian's Redis and PostgreSQL in one image: for tests against stores outside an installation, and for Compose
 * where no registry answers.
 *
 * @returns the image's id
 * @throws ImageNotMade
 */
export async function ensureStoresImage({ docker, installation, base, say, caBundle = process.env['SSL_CERT_FILE'] }: StoresImageRequest): Promise<string> {
  const name = `weir-stores:${recipeHash([base, SCRIPT])}`;
  if (!(await localImage(docker, name))) await imageByScript({ docker, installation, kind: 'stores', base, name, script: SCRIPT, caBundle, command: ['redis-server'], say });
  const id = await localImage(docker, name);
  if (!id) throw new ImageNotMade('The stores image was made but cannot be found.');
  await tagImage(docker, id, storesName(installation));
  return id;
}
