import type { InstanceSpec } from '@weir/container-runtime';
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { LABEL, networkName } from '../names.ts';
import { appEnvironment } from './app-environment.ts';

/** What the operator and the host decide for all containers alike. */
export interface HostSettings {
  readonly installation: string;
  /** Processors the engine has; it refuses to promise more. */
  readonly hostCpus: number;
  /** Resolvers that apps may ask; none: the engine's own choice. */
  readonly resolvers: readonly string[];
  /** The OCI runtime: `runc`, or `runsc` for code of strangers. */
  readonly ociRuntime: string;
  /** The seccomp profile, as JSON. */
  readonly seccomp: string;
}

const MIB = 1024 * 1024;
/** Room for what an app writes beside itself, on top of its own files. */
const WORKING_ROOM_BYTES = 64 * MIB;
/** Importing is what a start spends its time on: it gets this many processors until the app is healthy. */
const STARTING_CPUS = 2;
export const STOP_GRACE_SECONDS = 20;

const nanoCpus = (cpus: number, hostCpus: number): number => Math.round(Math.min(cpus, hostCpus) * 1e9);

/** The processor limit once an instance has settled. */
export const settledCpus = (spec: InstanceSpec, hostCpus: number): number => nanoCpus(spec.limits.cpus, hostCpus);

/** The types at hand do not know every field of the engine's API. */
export type AppContainer = ContainerCreateOptions & { HostConfig: HostConfig & { CgroupnsMode: 'private' } };

/**
 * The one place where an app's container is described.
 *
 * Nothing a tenant says can add a mount, capability, network, label, runtime or command:
 * of the spec only numbers, ids and names within their grammar are used.
 */
export function containerSpec(spec: InstanceSpec, host: HostSettings): AppContainer {
  const user = `${spec.uid}:${spec.uid}`;
  const owner = `uid=${spec.uid},gid=${spec.uid}`;
  const memory = spec.limits.memoryMib * MIB;
  return {
    Image: spec.image,
    User: user,
    WorkingDir: '/app',
    Env: Object.entries(appEnvironment(spec)).map(([name, value]) => `${name}=${value}`),
    Healthcheck: { Test: ['NONE'] }, // health is asked from outside; an image's own check would run tenant code on a timer
    StopSignal: 'SIGTERM',
    StopTimeout: STOP_GRACE_SECONDS,
    Labels: {
      [LABEL.installation]: host.installation,
      [LABEL.kind]: 'instance',
      [LABEL.app]: spec.app,
      [LABEL.workspace]: spec.workspace,
      [LABEL.release]: spec.release,
      [LABEL.deployment]: spec.deployment,
      [LABEL.instance]: spec.id,
      [LABEL.attempt]: String(spec.attempt),
    },
    HostConfig: {
      NetworkMode: networkName(host.installation, spec.app),
      PublishAllPorts: false,
      PortBindings: {},
      ExtraHosts: [],
      Dns: [...host.resolvers],
      ReadonlyRootfs: true,
      Privileged: false,
      CapDrop: ['ALL'],
      CapAdd: [],
      Devices: [],
      DeviceCgroupRules: [],
      GroupAdd: [],
      SecurityOpt: ['no-new-privileges:true', `seccomp=${host.seccomp}`],
      IpcMode: 'private',
      CgroupnsMode: 'private',
      PidMode: '',
      UTSMode: '',
      UsernsMode: '',
      Runtime: host.ociRuntime,
      PidsLimit: spec.limits.pids,
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: nanoCpus(Math.max(spec.limits.cpus, STARTING_CPUS), host.hostCpus),
      CpuShares: 512,
      OomScoreAdj: 500,
      OomKillDisable: false,
      Ulimits: [
        { Name: 'nofile', Soft: 4096, Hard: 4096 },
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'memlock', Soft: 65_536, Hard: 65_536 },
      ],
      ShmSize: 64 * MIB,
      Tmpfs: {
        // Executable, unlike the rest: a repository may ship compiled modules and tools beside its script.
        '/app': `rw,exec,nosuid,nodev,size=${spec.sourceBytes + WORKING_ROOM_BYTES},nr_inodes=65536,${owner},mode=755`,
        '/tmp': `rw,noexec,nosuid,nodev,size=${128 * MIB},nr_inodes=16384,mode=1777`,
        '/run': `rw,noexec,nosuid,nodev,size=${MIB},mode=755`,
        '/home/app': `rw,noexec,nosuid,nodev,size=${32 * MIB},nr_inodes=8192,${owner},mode=700`,
      },
      Binds: [`${spec.secretsDir}:/run/secrets:ro`],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '5m', 'max-file': '2' } },
      RestartPolicy: { Name: 'no' }, // restarts are the control plane's: with back-off, and an end
      AutoRemove: false,
      Init: true,
      Sysctls: { 'net.ipv4.ping_group_range': '1 0', 'net.ipv4.ip_unprivileged_port_start': '1024' },
    },
  };
}
