import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DockerFixture, openDockerFixture } from '@weir/container-runtime-docker/testing';
import { afterAll, beforeAll, expect, describe, it } from 'vitest';
import { openBuilds } from './build-fixture.ts';

/** A Dockerfile's own words, from a repository to a running app, on a real engine. */
describe('an app with a Dockerfile', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let engine: DockerFixture;
  let secretsDir: string;
  beforeAll(async () => {
    secretsDir = await mkdtemp(join(tmpdir(), 'weir-secrets-'));
    await chmod(secretsDir, 0o755);
    builds = await openBuilds({ allows: { dockerfiles: true, packages: ['sl'] } });
    engine = await openDockerFixture();
  });
  afterAll(async () => {
    await engine.close();
    await builds.close();
    await rm(secretsDir, { recursive: true });
  });

  const built = async (entryFile: string | null = null) => {
    builds.reports.reports.length = 0;
    await builds.run.execute(builds.order({ example: 'dockerfile', entryFile }), new AbortController().signal);
    return builds.reports.find('built');
  };

  it('has its packages, its Debian packages and its variables, and runs as any other app does', async () => {
    const app = await built();
    if (!app) throw new Error(builds.reports.text);
    expect(builds.reports.find('planned')?.plan).toMatchObject({ entryFile: 'web/main.py', dependencies: { kind: 'requirements', path: 'deps/web.list' }, packages: ['sl'] });
    const spec = await engine.spec({ secretsDir, image: app.image, framework: app.framework.name, entryFile: app.entryFile, sourceBytes: app.sourceBytes });
    await engine.runtime.start(spec);
    const answer = async (): Promise<unknown> => {
      const { address } = (await engine.runtime.list()).find(({ id }) => id === spec.id) ?? {};
      const response = await fetch(`http://${address}/`).catch(() => null);
      return response?.ok ? response.json() : (await engine.runtime.lastLines(spec.id, 20)).join('\n');
    };
    await expect.poll(answer, { timeout: 30_000 }).toEqual({ greeting: 'hello from /app/web', port: '8501', program: true, uid: spec.uid });
    await engine.runtime.remove(spec.id);
  }, 180_000);

  it('is an app like any other once its settings name a script', async () => {
    expect(await built('web/main.py')).toBeDefined();
    expect(builds.reports.text).toContain('Dockerfile is ignored, because');
  }, 180_000);
});
