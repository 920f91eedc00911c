import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { GitServer } from './git-server.ts';
import { Installation, type Up } from './weir.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The installation that all files share. */
    platform: Up;
    /** Bare repositories put into `folder` are served at `url`, a host that the installation allows. */
    gitHost: { readonly folder: string; readonly url: string };
  }
}

/** One installation, and one Git host that it may fetch from, for all files of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-git-host-'));
  const server = await GitServer.start(folder);
  const installation = await Installation.start(['--allow-git-host', server.host]);
  project.provide('platform', installation.up);
  project.provide('gitHost', { folder, url: `http://${server.host}` });
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
    if (existsSync(installation.dataDir)) await installation.destroy(); // unless `down.e2e.ts` has done so
  };
}
