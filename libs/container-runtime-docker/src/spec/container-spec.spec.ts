import { instanceSpecFor } from '@weir/container-runtime/testing';
import { describe, expect, it } from 'vitest';
import { containerSpec, settledCpus } from './container-spec.ts';
import { seccompProfile } from './seccomp-profile.ts';

const host = { installation: 'abcdefgh', hostCpus: 8, resolvers: ['10.0.0.53'], ociRuntime: 'runc', seccomp: seccompProfile };
const spec = instanceSpecFor({ uid: 10_007, sourceBytes: 4096, secretsDir: '/run/weir/abcdefgh/x' });
const { HostConfig, ...container } = containerSpec(spec, host);

describe("an app's container", () => {
  it('is fenced in exactly as security.md §3 says', () => {
    expect(HostConfig).toEqual({
      NetworkMode: `weir-abcdefgh-network-${spec.app}`, PublishAllPorts: false, PortBindings: {}, ExtraHosts: [], Dns: ['10.0.0.53'],
      ReadonlyRootfs: true, Privileged: false, CapDrop: ['ALL'], CapAdd: [], Devices: [], DeviceCgroupRules: [], GroupAdd: [],
      SecurityOpt: ['no-new-privileges:true', `seccomp=${seccompProfile}`],
      IpcMode: 'private', CgroupnsMode: 'private', PidMode: '', UTSMode: '', UsernsMode: '', Runtime: 'runc',
      PidsLimit: 256, Memory: 1_073_741_824, MemorySwap: 1_073_741_824, NanoCpus: 2_000_000_000, CpuShares: 512, OomScoreAdj: 500, OomKillDisable: false,
      Ulimits: [{ Name: 'nofile', Soft: 4096, Hard: 4096 }, { Name: 'core', Soft: 0, Hard: 0 }, { Name: 'memlock', Soft: 65_536, Hard: 65_536 }],
      ShmSize: 67_108_864,
      Tmpfs: {
        '/app': 'rw,exec,nosuid,nodev,size=67112960,nr_inodes=65536,uid=10007,gid=10007,mode=755',
        '/tmp': 'rw,noexec,nosuid,nodev,size=134217728,nr_inodes=16384,mode=1777',
        '/run': 'rw,noexec,nosuid,nodev,size=1048576,mode=755',
        '/home/app': 'rw,noexec,nosuid,nodev,size=33554432,nr_inodes=8192,uid=10007,gid=10007,mode=700',
      },
      Binds: ['/run/weir/abcdefgh/x:/run/secrets:ro'],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '5m', 'max-file': '2' } },
      RestartPolicy: { Name: 'no' }, AutoRemove: false, Init: true,
      Sysctls: { 'net.ipv4.ping_group_range': '1 0', 'net.ipv4.ip_unprivileged_port_start': '1024' },
    });
  });

  it('runs as its own user, in its working directory, and says whose it is', () => {
    expect(container).toMatchObject({ User: '10007:10007', WorkingDir: '/app', StopTimeout: 20, Healthcheck: { Test: ['NONE'] } });
    expect(container.Labels).toEqual({ 'weir.installation': 'abcdefgh', 'weir.kind': 'instance', 'weir.app': spec.app, 'weir.workspace': spec.workspace, 'weir.release': spec.release, 'weir.deployment': spec.deployment, 'weir.instance': spec.id, 'weir.attempt': '1' });
    expect(container).not.toHaveProperty('Cmd');
    expect(container).not.toHaveProperty('ExposedPorts');
  });

  it('forces what Streamlit needs behind a gateway', () => {
    expect(container.Env).toEqual(expect.arrayContaining(['HOME=/home/app', 'STREAMLIT_SERVER_PORT=8501', 'STREAMLIT_SERVER_ADDRESS=0.0.0.0', 'STREAMLIT_SERVER_HEADLESS=true', 'STREAMLIT_BROWSER_SERVER_ADDRESS=hello.localhost', 'WEBSOCKETS_MAX_LINE_LENGTH=65536', 'WEIR_ENTRY_FILE=streamlit_app.py']));
  });

  it('never asks for more processors than there are', () => {
    const small = { ...host, hostCpus: 1 };
    expect(containerSpec(spec, small).HostConfig.NanoCpus).toBe(1e9);
    expect(settledCpus({ ...spec, limits: { ...spec.limits, cpus: 4 } }, 1)).toBe(1e9);
    expect(settledCpus(spec, 8)).toBe(1e9);
  });
});
