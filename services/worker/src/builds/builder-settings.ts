import type { WorkerConfig } from '../config.ts';
import { EgressPolicy } from '../egress/egress-policy.ts';

const PUBLIC_INDEX_FILES = 'files.pythonhosted.org:443';

/** What builds on this host have and may do. */
export interface BuilderSettings {
  readonly installation: string;
  readonly dataDir: string;
  readonly baseImages: Readonly<Record<string, string>>;
  readonly builderImages: Readonly<Record<string, string>>;
  readonly defaultPython: string;
  readonly indexUrl: string;
  readonly allowedGitHosts: readonly string[];
  readonly egress: EgressPolicy;
}

const hostAndPort = (url: URL): string => `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;

export function builderSettings(config: WorkerConfig): BuilderSettings {
  const pythons = Object.keys(config.WEIR_BUILDER_IMAGES);
  const index = new URL(config.WEIR_INDEX_URL);
  return {
    installation: config.WEIR_INSTALLATION,
    dataDir: config.WEIR_DATA_DIR,
    baseImages: config.WEIR_BASE_IMAGES,
    builderImages: config.WEIR_BUILDER_IMAGES,
    defaultPython: pythons.includes('3.11') ? '3.11' : (pythons[0] ?? '3.11'),
    indexUrl: config.WEIR_INDEX_URL,
    allowedGitHosts: config.WEIR_ALLOWED_GIT_HOSTS,
    egress: new EgressPolicy([...config.WEIR_EGRESS_HOSTS, hostAndPort(index), ...(index.hostname === 'pypi.org' ? [PUBLIC_INDEX_FILES] : []), ...config.WEIR_ALLOWED_GIT_HOSTS]),
  };
}

/** The image sandboxes of one Python run. @throws Error for a Python this host does not have: plans name only those it has */
export function builderOf(settings: BuilderSettings, python: string): string {
  const image = settings.builderImages[python];
  if (!image) throw new Error(`this host has no builder image for Python ${python}`);
  return image;
}
