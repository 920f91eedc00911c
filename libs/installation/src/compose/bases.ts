import type Docker from 'dockerode';
import { buildImage, ensureBaseImage, ensureBuilderImage, ensureStoresImage, storesName } from '@weir/images';
import { spawn } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { ensureDebianTools } from '../host-packages.ts';
import { hostPackageSources } from '../package-sources.ts';

/** Not an installation: a name under which a machine keeps the Debian that the stand-ins are made of. */
const HOLDER = 'composed';
const PYTHON = '3.11';
const DEBIAN_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const NODE_IMAGE = 'weir-compose-node';

interface ComposeBases {
  readonly root: string;
  /** Further Pythons for apps: the worker's container cannot make a Debian. */
  readonly pythons: readonly string[];
  readonly say: (text: string) => void;
}

/**
 * Makes the base images that `docker-compose.yml` else takes from a registry.
 *
 * @returns what Compose must be told, as variables: those images, and how this host reaches package indexes
 */
export async function composeBases(docker: Docker, { root, pythons, say }: ComposeBases): Promise<Record<string, string>> {
  await ensureDebianTools(say);
  const base = await ensureBaseImage({ docker, installation: HOLDER, python: PYTHON, say });
  const { caBundle = DEBIAN_BUNDLE, indexUrl, egressHosts } = hostPackageSources();
  await ensureStoresImage({ docker, installation: HOLDER, base, caBundle, say });
  for (const python of pythons) {
    const request = { docker, installation: HOLDER, python, say };
    await ensureBuilderImage({ ...request, base: await ensureBaseImage(request), caBundle, indexUrl });
  }
  say(`making ${NODE_IMAGE}`);
  await buildImage(docker, nodeContext(root, caBundle), { dockerfile: 'node.Dockerfile', t: NODE_IMAGE, forcerm: true, networkmode: 'none', buildargs: { DEBIAN: base, CA_BUNDLE: basename(caBundle) } });
  return {
    NODE_IMAGE,
    POSTGRES_IMAGE: storesName(HOLDER),
    REDIS_IMAGE: storesName(HOLDER),
    WEIR_INDEX_URL: indexUrl,
    WEIR_EGRESS_HOSTS: egressHosts.join(','),
    WEIR_CA_BUNDLE: caBundle,
  };
}

/** The recipe, the Node.js and pnpm that run us, and the authorities this host trusts. */
function nodeContext(root: string, caBundle: string): NodeJS.ReadableStream {
  const tools = `${root}/tools/node/node_modules`;
  const node = basename(dirname(dirname(process.execPath)));
  const files = ['-C', `${root}/infra/compose`, 'node.Dockerfile', '-C', tools, `${node}/bin/node`, 'pnpm', '-C', dirname(caBundle), basename(caBundle)];
  return spawn('tar', ['--dereference', '--create', '--file=-', ...files], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}
