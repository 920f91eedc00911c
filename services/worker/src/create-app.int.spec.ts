import { Firewall } from '@weir/container-runtime-docker';
import { testDatabase, type TestDatabase } from '@weir/database/testing';
import { installationId } from '@weir/domain';
import { serve } from '@weir/process/nest';
import { createLogger } from '@weir/telemetry';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkerConfig } from './config.ts';
import { createApp } from './create-app.ts';
import { SecretsFolders } from './instances/secrets/secrets-folders.ts';

const installation = installationId(randomBytes(8));
const INTERNAL_TOKEN = 'internal-token-for-tests-0123456789abcdef';

describe('the worker, composed as main composes it', () => {
  let database: TestDatabase;
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-worker-boot-'));
  const config = (more: Record<string, string> = {}): WorkerConfig =>
    WorkerConfig.parse({
      WEIR_INSTALLATION: installation, WEIR_DATA_DIR: dataDir, WEIR_INTERNAL_TOKEN: INTERNAL_TOKEN, WEIR_PORT: '9', WEIR_CONTROL_PLANE_URL: 'http://127.0.0.1:9', // nobody is there yet
      QUEUE_DATABASE_URL: database.url, WEIR_BASE_IMAGES: '{"3.11":"none"}', WEIR_BUILDER_IMAGES: '{"3.11":"none"}', ...more,
    });
  beforeAll(async () => void (database = await testDatabase()));
  afterAll(async () => {
    await new Firewall({ installation, resolvers: [] }).remove();
    await new SecretsFolders(installation).unmount();
    rmSync(dataDir, { recursive: true });
    await database.drop();
  });

  it.each([
    ['with builds and instances', {}],
    ['for builds alone', { WEIR_INSTANCES: 'false' }],
    ['for instances alone', { WEIR_BUILDS: '0' }],
  ])('%s finds every provider, listens before the control plane is there, and ends', async (_, settings) => {
    const app = await createApp(config(settings), createLogger({ process: 'worker', level: 'silent' }));
    const stop = await serve(app, { host: '127.0.0.1', port: 0 });
    const baseUrl = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    expect(await (await fetch(`${baseUrl}/internal/healthz`)).json()).toMatchObject({ ok: true });
    await stop();
    await expect(fetch(`${baseUrl}/internal/healthz`)).rejects.toThrow('fetch failed');
  });
});
