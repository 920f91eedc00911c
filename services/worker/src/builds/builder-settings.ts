import type { BuildRules } from '@weir/build-plan';
import type { WorkerConfig } from '../config.ts';
import { EgressPolicy } from '../egress/egress-policy.ts';

const PUBLIC_INDEX_FILES = 'files.pythonhosted.org:443';

/** What builds on this host have and may do. */
export interface BuilderSettings {
  readonly installation: string;
  readonly dataDir: string;
  readonly defaultPython: string;
  /** The image of sandboxes that need no particular Python. */
  readonly defaultBuilder: string;
  readonly indexUrl: string;
  readonly allowedGitHosts: readonly string[];
  readonly egress: EgressPolicy;
  /** How long a build may take in all. */
  readonly limitMinutes: number;
  /** What the operator decided about builds. */
  readonly allows: BuildRules;
}

const hostAndPort = (url: URL): string => `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;

/** @throws Error where not one Python is given */
export function builderSettings(config: WorkerConfig): BuilderSettings {
  const pythons = Object.keys(config.WEIR_BUILDER_IMAGES);
  const defaultPython = pythons.includes('3.11') ? '3.11' : (pythons[0] ?? '');
  const defaultBuilder = config.WEIR_BUILDER_IMAGES[defaultPython];
  if (!defaultBuilder) throw new Error('this host was given no builder image');
  const index = new URL(config.WEIR_INDEX_URL);
  return {
    installation: config.WEIR_INSTALLATION,
    dataDir: config.WEIR_DATA_DIR,
    defaultPython,
    defaultBuilder,
    indexUrl: config.WEIR_INDEX_URL,
    allowedGitHosts: config.WEIR_ALLOWED_GIT_HOSTS,
    egress: new EgressPolicy([...config.WEIR_EGRESS_HOSTS, hostAndPort(index), ...(index.hostname === 'pypi.org' ? [PUBLIC_INDEX_FILES] : []), ...config.WEIR_ALLOWED_GIT_HOSTS]),
    limitMinutes: config.WEIR_BUILD_MINUTES,
    allows: { dockerfiles: config.WEIR_DOCKERFILES, packages: config.WEIR_APT_PACKAGES ?? null },
  };
}
