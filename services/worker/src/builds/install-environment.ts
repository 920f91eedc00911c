import { type BuildPlan, ENVIRONMENT_PLACEHOLDER, explainFailure, PYTHON_PLACEHOLDER } from '@weir/build-plan';
import { createReadStream } from 'node:fs';
import { type Sandbox, SandboxLimit } from '../sandbox/sandbox.ts';
import type { BuildLog } from './build-log.ts';
import { BuildFailed } from './build-failed.ts';

const INSTALL_LIMIT_MS = 15 * 60_000;

interface Install {
  readonly sandbox: Sandbox;
  readonly plan: BuildPlan;
  readonly log: BuildLog;
  /** The environment's folder inside the sandbox, on the same mount as the cache: packages are linked, not copied. */
  readonly folder: string;
  readonly cache: string;
  readonly indexUrl: string;
  /** An archive of the source on this host. */
  readonly source: string;
  readonly aptSources: string | undefined;
}

/** Fills a new environment inside a sandbox as the plan says, and returns the exact versions. @throws BuildFailed */
export async function installEnvironment(order: Install): Promise<string> {
  const { sandbox, plan, log, folder, cache, indexUrl, source } = order;
  const python = `${folder}/bin/python`;
  const env = {
    UV_CACHE_DIR: cache, UV_LINK_MODE: 'hardlink', UV_NO_PROGRESS: '1', UV_PYTHON_DOWNLOADS: 'never', UV_PYTHON_PREFERENCE: 'only-system', UV_COMPILE_BYTECODE: '1', UV_DEFAULT_INDEX: indexUrl,
    UV_HTTP_TIMEOUT: '60', UV_CONCURRENT_BUILDS: '2', MAKEFLAGS: '-j2', VIRTUAL_ENV: folder,
  };
  const run = async (argv: readonly string[], online: boolean): Promise<void> => {
    const from = log.tail.length;
    const streams = [log.stream('stdout'), log.stream('stderr')] as const;
    let code: number | null = null;
    let timedOut = false;
    try {
      code = await sandbox.run({ argv, env, cwd: '/app', online, stdout: streams[0].write, stderr: streams[1].write, limitMs: INSTALL_LIMIT_MS });
    } catch (error) {
      if (!(error instanceof SandboxLimit)) throw error;
      timedOut = error.limit === 'time';
    }
    for (const stream of streams) stream.end();
    if (code === 0) return;
    const oom = !timedOut && (await sandbox.ranOutOfMemory());
    throw new BuildFailed(explainFailure({ phase: 'environment', exitCode: code, signal: null, oom, timedOut, log: log.tail.slice(Math.max(0, from - 1)), plan }));
  };
  const unpacked = await sandbox.run({ argv: ['tar', '-x', '-C', '/app', '--strip-components=3', '--no-same-owner', 'opt/weir/source'], stdin: createReadStream(source) });
  if (unpacked !== 0 && plan.dependencies.kind !== 'none') throw new Error(`the source could not be laid out: tar ended with ${unpacked}`);
  await run(['uv', 'venv', '--quiet', '--relocatable', '--no-project', '--python', 'python3', folder], false);
  for (const command of plan.install) {
    await run(command.map((part) => part.replaceAll(PYTHON_PLACEHOLDER, python).replaceAll(ENVIRONMENT_PLACEHOLDER, folder)), true);
  }
  let lock = '';
  const frozen = await sandbox.run({ argv: ['uv', 'pip', 'freeze', '--quiet', '--python', python], env, cwd: '/app', stdout: (chunk) => void (lock += chunk.toString('utf8')), maxOutputBytes: 900_000 });
  if (frozen !== 0) throw new Error(`the environment cannot be listed: uv ended with ${frozen}`);
  return lock;
}
