import { Database, mintId } from '@weir/database';
import { testDatabase } from '@weir/database/testing';
import type { Role, WorkspaceId } from '@weir/domain';
import { serve } from '@weir/process/nest';
import { createLogger } from '@weir/telemetry';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, configSchema } from '../config.ts';
import { createApp } from '../create-app.ts';
import { hashOf, newApiToken } from '../identity/credentials.ts';
import { Caller } from './caller.ts';
import { pretendPythons } from './pretend-pythons.ts';

export const INTERNAL_TOKEN = 'internal-token-for-tests-0123456789abcdef';
export const CONSOLE_URL = 'http://console.localhost:8080';

/** A control plane that listens on loopback, on a database of its own unless `DATABASE_URL` names one. */
export async function runControlPlane(settings: Readonly<Record<string, string>> = {}) {
  const given = settings['DATABASE_URL'];
  const database = given === undefined ? await testDatabase() : { url: given, drop: () => Promise.resolve() };
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-test-'));
  const worker = await pretendPythons(INTERNAL_TOKEN);
  const cliToken = newApiToken();
  writeFileSync(join(dataDir, 'master-key'), randomBytes(32).toString('base64'), { mode: 0o600 });
  writeFileSync(join(dataDir, 'cli-token'), cliToken, { mode: 0o600 });
  mkdirSync(join(dataDir, 'examples', 'hello'), { recursive: true });
  writeFileSync(join(dataDir, 'examples', 'hello', 'example.json'), JSON.stringify({ title: 'Hello', description: 'Says hello.', entryFile: 'app.py' }));
  const config = new Config(configSchema.parse({
    WEIR_PORT: '0', WEIR_INSTALLATION: 'abcdefgh', WEIR_DATA_DIR: dataDir, WEIR_INTERNAL_TOKEN: INTERNAL_TOKEN, WEIR_LOG_LEVEL: 'silent',
    DATABASE_URL: database.url, WEIR_CONSOLE_URL: CONSOLE_URL, WEIR_APPS_DOMAIN: 'localhost:8080', WEIR_MASTER_KEY_FILE: join(dataDir, 'master-key'),
    WEIR_CLI_TOKEN_FILE: join(dataDir, 'cli-token'), WEIR_WORKER_URL: worker.url, WEIR_EXAMPLES_DIR: join(dataDir, 'examples'),
    WEIR_ALLOWED_GIT_HOSTS: '127.0.0.1:9000', ...settings,
  }));
  const app = await createApp(config, createLogger({ process: 'control-plane', level: config.logLevel }));
  const end = await serve(app, { host: '127.0.0.1', port: 0 });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= end());
  const baseUrl = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const db = new Database({ url: database.url, connections: 2 });
  return {
    app, baseUrl, db, cliToken, stop,
    databaseUrl: database.url,
    /** Somebody with this role, in a new workspace unless one is given. */
    async caller(role: Role, workspace?: WorkspaceId): Promise<Caller> {
      const workspaceId = workspace ?? mintId('workspace');
      const token = newApiToken();
      await db.workspace.upsert({ where: { id: workspaceId }, create: { id: workspaceId, name: 'test' }, update: {} });
      await db.apiToken.create({ data: { id: mintId('token'), hash: hashOf(token), workspaceId, name: role, role } });
      return new Caller(baseUrl, token, workspaceId);
    },
    async close(): Promise<void> {
      await stop();
      await db.$disconnect();
      await database.drop();
      worker.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type RunningControlPlane = Awaited<ReturnType<typeof runControlPlane>>;
