import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeFolder } from './folder.ts';

const PLAN = {
  endpoint: { consoleUrl: 'http://console.localhost:8080', apiUrl: 'http://127.0.0.1:8080', gatewayUrl: 'http://127.0.0.1:8080', appsDomain: 'localhost:8080', controlPlaneUrl: 'http://10.199.0.2:7400' },
  postgres: 'postgres:5432',
  redis: '10.199.0.4:6379',
  examples: fileURLToPath(new URL('../../../../examples', import.meta.url)),
};

describe('the folder that Compose mounts from', () => {
  let parent: string;
  let folder: string;
  const given = (service: string, name: string) => readFileSync(join(folder, 'keys', service, name), 'utf8');

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'weir-compose-'));
    folder = join(parent, 'weir');
    composeFolder(folder, PLAN);
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('keeps its keys at the next start', () => {
    const before = given('control-plane', 'database-url');
    composeFolder(folder, PLAN);
    expect(given('control-plane', 'database-url')).toBe(before);
  });

  it('is closed to other users of the host', () => {
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('gives the master key and the database to the control plane alone', () => {
    for (const service of ['worker', 'gateway', 'redis', 'postgres']) {
      for (const name of ['master-key', 'cli-token', 'database-url']) expect(existsSync(join(folder, 'keys', service, name)), `${service} has ${name}`).toBe(false);
    }
  });

  it('tells processes the password that the stores ask for', () => {
    expect(given('control-plane', 'database-url')).toBe(`postgresql://postgres:${given('postgres', 'password')}@postgres:5432/weir`);
    const [, password] = /^requirepass (\S+)$/m.exec(given('redis', 'redis.conf')) ?? [];
    expect(given('worker', 'redis-url')).toBe(`redis://:${password}@10.199.0.4:6379/0`);
  });
});
