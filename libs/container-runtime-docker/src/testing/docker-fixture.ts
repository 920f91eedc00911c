import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstanceSpec } from '@weir/container-runtime';
import { releaseImages } from '@weir/images';
import Docker from 'dockerode';
import { instanceSpecFor, type RuntimeUnderTest } from '@weir/container-runtime/testing';
import { USUAL_RUNTIME } from '../client/assert-container-runtime.ts';
import { connectDocker, type DockerConnection } from '../client/connect-docker.ts';
import { DockerRuntime } from '../docker-runtime.ts';
import { LABEL } from '../names.ts';
import { makeProbeImage } from './probe-image.ts';
import { testInstallation } from './test-installation.ts';

export interface DockerFixture extends RuntimeUnderTest {
  readonly runtime: DockerRuntime;
  readonly connection: DockerConnection;
  readonly installation: string;
  /** Runs Python inside a running instance; gives what it put into `out`. */
  run(spec: InstanceSpec, python: string): Promise<Record<string, unknown>>;
  /** Waits until the app answers; gives its address. */
  ready(spec: InstanceSpec): Promise<string>;
}

/** An installation of its own on this machine's Docker; `close` leaves nothing of it. */
export async function openDockerFixture({ resolvers = [], ociRuntime = USUAL_RUNTIME }: { resolvers?: readonly string[]; ociRuntime?: string } = {}): Promise<DockerFixture> {
  const installation = testInstallation();
  const connection = connectDocker();
  const { calls } = connection;
  const labels = { [LABEL.installation]: installation, [LABEL.kind]: 'probe' };
  const image = await makeProbeImage(connection, installation, labels, `weir-${installation}-probe`);
  const secretsDir = await mkdtemp(join(tmpdir(), `weir-${installation}-secrets-`));
  const runtime = new DockerRuntime(connection, { installation, resolvers, ociRuntime });

  const address = async (spec: InstanceSpec): Promise<string> => {
    const found = (await runtime.list()).find(({ id }) => id === spec.id)?.address;
    if (!found) throw new Error(`${spec.id} does not run`);
    return found;
  };
  const ready = async (spec: InstanceSpec): Promise<string> => {
    const at = await address(spec);
    for (const limit = AbortSignal.timeout(20_000); ; limit.throwIfAborted()) {
      const answer = await fetch(`http://${at}/_stcore/health`).catch((error: unknown) => error);
      if (answer instanceof Response && answer.ok) return at;
    }
  };
  const run = async (spec: InstanceSpec, python: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(`http://${await ready(spec)}/`, { method: 'POST', body: python });
    return (await answer.json()) as Record<string, unknown>;
  };

  return {
    runtime, connection, installation, ready, run,
    spec: async (given) => instanceSpecFor({ image, secretsDir, ...given }),
    write: async (spec, text) => void (await run(spec, `print(${JSON.stringify(text)}, flush=True)`)),
    exit: async (spec) => {
      const at = await ready(spec);
      await fetch(`http://${at}/`, { method: 'POST', body: 'os._exit(3)' }).catch((error: unknown) => error);
    },
    close: async () => {
      for (const { id } of await runtime.list()) await runtime.remove(id);
      await runtime.sweep({ apps: [], images: [] });
      await calls.getImage(`weir-${installation}-probe`).remove({ force: true });
      await releaseImages(new Docker(), installation);
      await rm(secretsDir, { recursive: true });
    },
  };
}
