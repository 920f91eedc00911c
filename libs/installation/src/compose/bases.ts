import type Docker from 'dockerode';
import { buildImage, ensureBaseImage } from '@weir/images';
import { spawn } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { ensurePackages } from '../host-packages.ts';
import { hostPackageSources } from '../package-sources.ts';

/** Not an installation: a name under which a machine keeps the Debian that the stand-ins are made of. */
const HOLDER = 'composed';
const PYTHON = '3.11';
const DEBIAN_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
/** Build arguments of `docker-compose.yml`, and what stands in for each. */
const STAND_INS = { NODE_IMAGE: 'node', POSTGRES_IMAGE: 'postgres', REDIS_IMAGE: 'redis' } as const;

/**
 * Makes the base images that `docker-compose.yml` else takes from a registry.
 *
 * @returns what Compose must be told, as variables: those images, and how this host reaches package indexes
 */
export async function composeBases(docker: Docker, root: string, say: (text: string) => void): Promise<Record<string, string>> {
  await ensurePackages({ debootstrap: 'debootstrap' }, say);
  const debian = await ensureBaseImage({ docker, installation: HOLDER, python: PYTHON, say });
  const { caBundle = DEBIAN_BUNDLE, indexUrl, egressHosts } = hostPackageSources();
  const variables: Record<string, string> = { WEIR_INDEX_URL: indexUrl, WEIR_EGRESS_HOSTS: egressHosts.join(','), WEIR_CA_BUNDLE: caBundle };
  for (const [variable, target] of Object.entries(STAND_INS)) {
    const name = `weir-compose-${target}`;
    say(`making ${name}`);
    await buildImage(docker, contextOf(root, caBundle), {
      dockerfile: 'bases.Dockerfile', t: name, target, forcerm: true, networkmode: 'host',
      buildargs: { DEBIAN: debian, CA_BUNDLE: basename(caBundle) },
    });
    variables[variable] = name;
  }
  return variables;
}

/** The recipe, the Node.js and pnpm that run us, and the authorities this host trusts. */
function contextOf(root: string, caBundle: string): NodeJS.ReadableStream {
  const tools = `${root}/tools/node/node_modules`;
  const node = basename(dirname(dirname(process.execPath)));
  const files = ['-C', `${root}/infra/compose`, 'bases.Dockerfile', '-C', tools, `${node}/bin/node`, 'pnpm', '-C', dirname(caBundle), basename(caBundle)];
  return spawn('tar', ['--dereference', '--create', '--file=-', ...files], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}
