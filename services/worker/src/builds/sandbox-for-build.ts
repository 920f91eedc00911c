import type { SandboxSpec } from '../sandbox/sandbox-spec.ts';

interface For {
  readonly deployment: string;
  readonly attempt: number;
  readonly step: string;
  readonly image: string;
}

/** What a build may use, with all it compiles. */
export const BUILD_MEMORY_MIB = 4096;

/** A build gets what apps leave over: where all want more than there is, a sixteenth of what an app gets. */
export const BUILD_CPU_SHARES = 32;

/** The shape of every sandbox of a build: 4 GiB, 512 processes, two processors. */
export const buildSandbox = ({ deployment, attempt, step, image }: For, rest: Partial<Pick<SandboxSpec, 'mounts' | 'scratch'>> = {}): SandboxSpec => ({
  kind: 'build',
  name: `${deployment}-${attempt}-${step}`,
  image,
  labels: { 'weir.deployment': deployment, 'weir.attempt': String(attempt) },
  mounts: rest.mounts ?? [],
  scratch: rest.scratch ?? {},
  memoryMib: BUILD_MEMORY_MIB,
  cpus: 2,
  cpuShares: BUILD_CPU_SHARES,
  pids: 512,
});

/** Labels of a container of a build that is no sandbox: where an image is made. */
export const buildLabels = (installation: string, { deployment, attempt }: { deployment: string; attempt: number }): Record<string, string> => ({
  'weir.installation': installation,
  'weir.kind': 'build',
  'weir.deployment': deployment,
  'weir.attempt': String(attempt),
});
