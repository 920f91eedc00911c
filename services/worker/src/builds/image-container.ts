import type Docker from 'dockerode';
import { seccompProfile } from '../sandbox/seccomp.ts';
import { BUILD_CPU_SHARES } from './sandbox-for-build.ts';

const MEMORY = 2 ** 30;

/** The types at hand do not know every field of the engine's API. */
type Held = Docker.HostConfig & { readonly CgroupnsMode: 'private' };

/**
 * What holds a container that becomes an image: all that holds a sandbox, but that root writes its root, which is what it is there for.
 * Programs of ours run in it, or none, and nothing of a tenant.
 */
export const heldAsImage = (more: Docker.HostConfig = {}): Held => ({
  NetworkMode: 'none',
  Privileged: false,
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges:true', `seccomp=${seccompProfile()}`],
  IpcMode: 'private',
  CgroupnsMode: 'private',
  PidsLimit: 64,
  Memory: MEMORY,
  MemorySwap: MEMORY,
  NanoCpus: 1e9,
  CpuShares: BUILD_CPU_SHARES,
  OomScoreAdj: 500,
  LogConfig: { Type: 'none', Config: {} },
  RestartPolicy: { Name: 'no' },
  ...more,
});
