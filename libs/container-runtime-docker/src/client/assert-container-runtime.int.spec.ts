import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerName } from '../names.ts';
import { type DockerFixture, openDockerFixture } from '../testing/docker-fixture.ts';
import { assertContainerRuntime, USUAL_RUNTIME } from './assert-container-runtime.ts';

/** The same as runc, by the name that every engine gives its shim: an engine with runsc is nothing that a test may ask for. */
const ANOTHER = 'io.containerd.runc.v2';

describe('the runtime that an operator chose', () => {
  let engine: DockerFixture;
  beforeAll(async () => {
    engine = await openDockerFixture({ ociRuntime: ANOTHER });
  });
  afterAll(() => engine.close());

  it('is one that the engine has, else refused with those it has', async () => {
    const docker = new Docker();
    await assertContainerRuntime(docker, USUAL_RUNTIME);
    await assertContainerRuntime(docker, ANOTHER);
    await expect(assertContainerRuntime(docker, 'no-such-runtime')).rejects.toMatchObject({ code: 'docker.unknown_runtime', publicMessage: expect.stringMatching(/no runtime “no-such-runtime”; it has .*\brunc\b/) });
    await expect(assertContainerRuntime(docker, 'constructor')).rejects.toMatchObject({ code: 'docker.unknown_runtime' });
  });

  it('runs the apps, and a frozen one ends as it is asked to, whatever its runtime does with signals', async () => {
    const spec = await engine.spec();
    await engine.runtime.start(spec);
    await engine.ready(spec);
    const { HostConfig } = await engine.connection.calls.getContainer(containerName(engine.installation, spec.id)).inspect();
    expect(HostConfig.Runtime).toBe(ANOTHER);
    await engine.runtime.freeze(spec.id);
    await engine.runtime.stop(spec.id, 10_000);
    expect((await engine.runtime.list()).find(({ id }) => id === spec.id)).toMatchObject({ state: 'ended', exit: { signal: 'SIGTERM' } });
    await engine.runtime.remove(spec.id);
  });
});
