import type Docker from 'dockerode';
import { availableParallelism } from 'node:os';
import { seccompProfile } from './seccomp.ts';

/** Not an app's uid (10000–59999) and not `nobody`, who may own things. */
export const SANDBOX_UID = 65_532;

/** Inside every sandbox. */
export const CA_PATH = '/run/weir-ca/ca.pem';
export const EGRESS_FOLDER = '/run/weir-egress';

export interface Mount {
  readonly from: string;
  readonly to: string;
  readonly writable: boolean;
}

export interface SandboxSpec {
  readonly kind: 'build' | 'git';
  /** Ends the container's name; made of ids, so that it is a valid one. */
  readonly name: string;
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** Writable folders in memory, in MiB. */
  readonly scratch: Readonly<Record<string, number>>;
  readonly memoryMib: number;
  readonly cpus: number;
  /** Its weight where processors are short; an app has 512. */
  readonly cpuShares: number;
  readonly pids: number;
}

const CA_VARIABLES = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'PIP_CERT', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS'];

/** What every command in a sandbox sees; nothing of the worker's own environment. */
export const sandboxEnvironment = (caBundle: string | undefined): string[] => [
  'HOME=/tmp', 'LANG=C.UTF-8', 'NO_COLOR=1', 'PYTHONDONTWRITEBYTECODE=1', 'PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  ...(caBundle ? CA_VARIABLES.map((name) => `${name}=${CA_PATH}`) : []),
];

interface Surroundings {
  readonly installation: string;
  /** The OCI runtime. */
  readonly runtime: string;
  readonly uid: number;
  readonly caBundle: string | undefined;
  readonly egressFolder: string | undefined;
}

/** The types at hand do not know every field of the engine's API. */
type SandboxContainer = Docker.ContainerCreateOptions & { readonly HostConfig: Docker.HostConfig & { readonly CgroupnsMode: 'private' } };

/** The one place where a sandbox's container is described. It waits; commands are run inside it. */
export function sandboxContainer(spec: SandboxSpec, { installation, runtime, uid, caBundle, egressFolder }: Surroundings): SandboxContainer {
  const memory = spec.memoryMib * 2 ** 20;
  const scratch = { '/tmp': 512, ...spec.scratch };
  const mounts = [
    ...spec.mounts.map(({ from, to, writable }) => `${from}:${to}:${writable ? 'rw' : 'ro'}`),
    ...(caBundle ? [`${caBundle}:${CA_PATH}:ro`] : []),
    ...(egressFolder ? [`${egressFolder}:${EGRESS_FOLDER}:ro`] : []),
  ];
  return {
    name: `weir-${installation}-${spec.kind}-${spec.name}`,
    Image: spec.image,
    Cmd: ['sleep', 'infinity'],
    User: `${uid}:${uid}`,
    WorkingDir: '/tmp',
    Env: sandboxEnvironment(caBundle),
    NetworkDisabled: true,
    StopTimeout: 1,
    Labels: { 'weir.installation': installation, 'weir.kind': spec.kind, ...spec.labels },
    HostConfig: {
      Runtime: runtime,
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      Privileged: false,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true', `seccomp=${seccompProfile()}`],
      IpcMode: 'private',
      CgroupnsMode: 'private',
      PidsLimit: spec.pids,
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: Math.round(Math.min(spec.cpus, availableParallelism()) * 1e9), // the engine refuses to promise more than there are
      CpuShares: spec.cpuShares,
      OomScoreAdj: 500,
      Ulimits: [{ Name: 'nofile', Soft: 8192, Hard: 8192 }, { Name: 'core', Soft: 0, Hard: 0 }, { Name: 'memlock', Soft: 65_536, Hard: 65_536 }],
      Tmpfs: Object.fromEntries(Object.entries(scratch).map(([path, mib]) => [path, `rw,exec,nosuid,nodev,size=${mib}m,nr_inodes=200000,uid=${uid},gid=${uid},mode=0755`])),
      Binds: mounts,
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      Init: true,
    },
  };
}
