import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DockerFixture, openDockerFixture } from '@weir/container-runtime-docker/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHealth } from '../instances/health/health-check.ts';
import { openBuilds } from './build-fixture.ts';

/** From a repository to an app that is well, on a real engine: what a plan, a command, an environment and a health path say must fit together. */
describe('an app of', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let engine: DockerFixture;
  let secretsDir: string;
  beforeAll(async () => {
    secretsDir = await mkdtemp(join(tmpdir(), 'weir-secrets-'));
    await chmod(secretsDir, 0o755);
    builds = await openBuilds();
    engine = await openDockerFixture();
  });
  afterAll(async () => {
    await engine.close();
    await builds.close();
    await rm(secretsDir, { recursive: true });
  });

  it.each([
    ['an old Streamlit, on Tornado, of which the repository says the version alone', 'tornado', { name: 'streamlit', version: '1.12.0' }],
    ['FastAPI, whatever port its script names', 'fastapi', { name: 'fastapi', version: '0.165.0' }],
    ['Flask, whatever port its script names', 'flask', { name: 'flask', version: '3.1.3' }],
  ])('%s is built with its version told, and is well when it starts', async (_, example, framework) => {
    builds.reports.reports.length = 0;
    await builds.run.execute(builds.order({ example }), new AbortController().signal);
    const built = builds.reports.find('built');
    if (!built) throw new Error(builds.reports.text);
    expect(built.framework).toEqual(framework);

    const spec = await engine.spec({ secretsDir, image: built.image, framework: built.framework.name, entryFile: built.entryFile, sourceBytes: built.sourceBytes });
    await engine.runtime.start(spec);
    const seen = async (): Promise<string> => {
      const { address } = (await engine.runtime.list()).find(({ id }) => id === spec.id) ?? {};
      const isWell = typeof address === 'string' && (await checkHealth(address, built.framework, 2000));
      return isWell ? 'well' : (await engine.runtime.lastLines(spec.id, 20)).join('\n');
    };
    await expect.poll(seen, { timeout: 30_000 }).toBe('well');
    await engine.runtime.remove(spec.id);
  }, 180_000);
});
