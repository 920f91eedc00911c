import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Composed, docker } from '../src/support/composed.ts';
import type { DeployResult } from '../src/support/documents.ts';
import { visit } from '../src/support/visit.ts';
import { root } from '../src/support/weir.ts';

const hasCompose = spawnSync('docker-compose', ['version']).status === 0;
const SERVICES = ['postgres', 'redis', 'control-plane', 'worker', 'console', 'gateway'];

describe.skipIf(!hasCompose)('the platform under docker-compose (needs docker-compose)', () => {
  let composed: Composed;
  let url: string;
  const health = () => visit(composed, url).then(({ text }) => text, () => 'unreachable');
  const deploy = () => composed.weir('deploy', join(root, 'examples', 'hello'), '--hostname', 'composed');

  beforeAll(async () => {
    composed = await Composed.start();
  });
  afterAll(() => composed?.remove());

  it('is healthy', async () => {
    for (const service of SERVICES) await expect.poll(() => composed.condition(service), { timeout: 120_000, interval: 1000 }).toBe('running healthy 0');
  });

  it('makes a folder a live app, and again', async () => {
    for (const _ of ['first', 'again']) {
      const { json, stderr } = await deploy();
      const result = json as DeployResult;
      expect(result?.status, stderr).toBe('live');
      url = result.url;
      expect((await visit(composed, url, '/')).status).toBe(200);
    }
  });

  it('signs the owner in by a link', async () => {
    const link = new URL((await composed.compose('run', '--rm', 'weir', 'signin-link')).split('\n', 1)[0] ?? '');
    expect((await visit(composed, link.origin, `${link.pathname}${link.search}`)).status).toBe(200);
  });

  it.each(SERVICES)('starts a killed %s again', async (service) => {
    await composed.crash(service);
    await expect.poll(() => composed.condition(service), { timeout: 90_000, interval: 500 }).toMatch(/^running healthy [1-9]/);
    await expect.poll(health, { timeout: 30_000, interval: 200 }).toBe('ok');
  });

  it('gives the engine to the worker alone, and keeps the database from the others', async () => {
    const mounts = await Promise.all(SERVICES.map(async (service) => [service, await docker('inspect', '--format', '{{json .Mounts}}', await composed.container(service))] as const));
    expect(mounts.filter(([, text]) => text.includes('docker.sock')).map(([service]) => service)).toEqual(['worker']);
    expect(mounts.filter(([, text]) => text.includes('keys/control-plane')).map(([service]) => service)).toEqual(['control-plane']);
  });

  it('leaves nothing of the apps in Docker when the worker’s work is removed', async () => {
    const filter = `label=weir.installation=${composed.installation}`;
    expect(await docker('ps', '--all', '--quiet', '--filter', filter)).not.toBe('');
    await composed.compose('stop', 'worker');
    await composed.compose('run', '--rm', '--no-deps', 'worker', 'services/worker/dist/remove-everything.js');
    for (const list of [['ps', '--all'], ['network', 'ls'], ['images', '--all']]) expect(await docker(...list, '--quiet', '--filter', filter)).toBe('');
  });
});
