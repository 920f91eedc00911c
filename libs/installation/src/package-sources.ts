import { hostMirror } from '@weir/images';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';

/** How this host reaches package indexes: sandboxes are given the same, and nothing else. */
export interface PackageSources {
  readonly indexUrl: string;
  /** HOST:PORT that sandboxes may reach even if the name resolves to a private or reserved address. */
  readonly egressHosts: readonly string[];
  /** A certificate bundle that trusts what this host trusts. */
  readonly caBundle: string | undefined;
}

const PUBLIC_INDEX = new URL('https://pypi.org/simple'); // the index that pip and uv use when nothing is configured
const PUBLIC_FILES = 'files.pythonhosted.org:443'; // where the public index keeps its files

const readIfThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function configuredIndex(env: NodeJS.ProcessEnv): string | undefined {
  const fromEnv = env['UV_DEFAULT_INDEX'] ?? env['UV_INDEX_URL'] ?? env['PIP_INDEX_URL'];
  if (fromEnv) return fromEnv;
  const files = ['/etc/pip.conf', `${homedir()}/.config/pip/pip.conf`, `${homedir()}/.pip/pip.conf`].map(readIfThere).reverse();
  return files.map((text) => /^\s*index-url\s*=\s*(\S+)/m.exec(text)?.[1]).find(Boolean);
}

const hostAndPort = (url: URL): string => `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;

/** What this host is configured to use, read from its environment and files. */
export function hostPackageSources(env: NodeJS.ProcessEnv = process.env): PackageSources {
  const index = new URL(configuredIndex(env) ?? PUBLIC_INDEX);
  const mirror = hostMirror();
  const caBundle = env['WEIR_CA_BUNDLE'] ?? env['SSL_CERT_FILE'];
  return {
    indexUrl: index.href,
    egressHosts: [...new Set([hostAndPort(index), ...(index.host === PUBLIC_INDEX.host ? [PUBLIC_FILES] : []), hostAndPort(new URL(mirror))])],
    caBundle: caBundle && existsSync(caBundle) ? caBundle : undefined,
  };
}
