import { imageAsset } from './image-assets.ts';
import { ImageNotMade, type ImageRequest } from './image-request.ts';
import { localImage, recipeHash, tagImage } from './recipe.ts';
import { imageByScript } from './setup-container.ts';
import { tarOf } from './tar.ts';

const PACKAGES = ['git', 'gcc', 'g++', 'make', 'pkg-config', 'python3-dev', 'libc6-dev'];
const UV = 'uv==0.13.9';
/** The programs of ours that run inside a sandbox, beside uv and git. */
const TOOLS = ['egress.py', 'export_tree.py', 'compile_check.py', 'compile_bytecode.py', 'apt_names.py', 'apt_unpack.py'];

export interface BuilderImageRequest extends ImageRequest {
  /** The id of the base image it starts from: a build must see the Python the app will run on. */
  readonly base: string;
  /** A bundle of certificate authorities on this host, where the mirrors use a private one. */
  readonly caBundle?: string;
  readonly indexUrl?: string;
}

export const sharedBuilderName = (base: string, python: string): string => `weir-builder:${python}-${recipeHash([base, UV, ...PACKAGES, ...TOOLS.map(imageAsset)])}`;
export const builderName = (installation: string, python: string): string => `weir-${installation}-builder:${python}`;

/** A fixed script: nothing of a tenant is near. `$2` is the package index. */
const SCRIPT = `set -e
export SSL_CERT_FILE="$1" PIP_CERT="$1"
if [ -n "$2" ]; then export PIP_INDEX_URL="$2"; fi
export DEBIAN_FRONTEND=noninteractive
mkdir -p /opt/weir
cp /var/lib/dpkg/status /opt/weir/base-status
echo 'step: installing git and compilers'
apt-get -o Acquire::https::CaInfo="$SSL_CERT_FILE" update -qq
apt-get -o Acquire::https::CaInfo="$SSL_CERT_FILE" install -y -qq --no-install-recommends ${PACKAGES.join(' ')}
echo 'step: installing uv'
python3 -m venv /tmp/venv
/tmp/venv/bin/pip install -q --disable-pip-version-check --no-cache-dir --target /tmp/uv '${UV}'
install -m 0755 /tmp/uv/bin/uv /usr/local/bin/uv
rm -rf /tmp/venv /tmp/uv /root/.cache /var/lib/apt/lists/* /var/cache/apt/*.bin
git --version && uv --version
`;

const toolsArchive = (): NodeJS.ReadableStream => tarOf(TOOLS.map((name) => ({ name: `opt/weir/${name}`, content: imageAsset(name) })));

/**
 * The image that sandboxes run: the base of the same Python, with git, compilers, uv and our tools.
 *
 * @returns the image's id
 * @throws ImageNotMade
 */
export async function ensureBuilderImage(request: BuilderImageRequest): Promise<string> {
  const { docker, installation, base, python, say } = request;
  const caBundle = request.caBundle ?? process.env['SSL_CERT_FILE'];
  const name = sharedBuilderName(base, python);
  if (!(await localImage(docker, name))) {
    await imageByScript({ docker, installation, kind: 'builder', base, name, script: SCRIPT, args: [request.indexUrl ?? ''], caBundle, command: ['python3'], files: toolsArchive(), say });
  }
  const id = await localImage(docker, name);
  if (!id) throw new ImageNotMade('The builder image was made but cannot be found.');
  await tagImage(docker, id, builderName(installation, python));
  return id;
}
