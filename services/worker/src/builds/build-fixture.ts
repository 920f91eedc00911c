import { newId } from '@weir/domain';
import { removeImages, USUAL_RUNTIME } from '@weir/container-runtime-docker';
import { testInstallation } from '@weir/container-runtime-docker/testing';
import { baseName, builderName, ensureBaseImage, ensureBuilderImage } from '@weir/images';
import { loadConfig } from '@weir/config';
import { createLogger } from '@weir/telemetry';
import type { BuildRules } from '@weir/build-plan';
import type { BuildOrder } from '@weir/contracts';
import Docker from 'dockerode';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { EgressPolicy } from '../egress/egress-policy.ts';
import { GitRepositories } from '../git/git-repositories.ts';
import { InMemoryPythonSource } from '../pythons/in-memory-python-source.ts';
import { Pythons } from '../pythons/pythons.ts';
import { Sandboxes } from '../sandbox/sandboxes.ts';
import { BuildApp } from './build-app.ts';
import { BuildOn } from './build-on.ts';
import { BuildDisks } from './build-disks.ts';
import { Environments } from './environments.ts';
import { FetchSource } from './fetch-source.ts';
import { InMemoryBuildReports } from './in-memory-build-reports.ts';
import { Redaction, secretsIn } from './redaction.ts';
import { RunBuild } from './run-build.ts';
import { Workbenches } from './workbenches.ts';
import type { Environment } from './store-environment.ts';

const PYTHON = '3.11';
/** One that can be had and is not there: it is made when a test says so. */
export const ANOTHER_PYTHON = '3.13';

const Host = z.object({ SSL_CERT_FILE: z.string().optional().describe('Certificate authorities this host trusts') });
const hostBundle = (): string | undefined => loadConfig(Host).SSL_CERT_FILE;

interface BuildsGiven {
  readonly gitHosts?: readonly string[];
  readonly allows?: BuildRules;
  readonly caBundle?: string | undefined;
  readonly diskBytes?: number;
  /** Another index than the public one, on this machine. */
  readonly indexUrl?: string;
  readonly limitMinutes?: number;
  /** Called between an environment's being there and its use. */
  readonly found?: (environment: Environment) => Promise<void>;
}

/** A worker's builds against the real engine, with everything it makes named after an installation of its own. */
export async function openBuilds({ gitHosts = [], allows = { dockerfiles: false, packages: null }, caBundle = hostBundle(), diskBytes = 8 * 2 ** 30, indexUrl = 'https://pypi.org/simple', limitMinutes = 30, found }: BuildsGiven = {}) {
  const docker = new Docker();
  const index = new URL(indexUrl);
  const installation = testInstallation();
  const dataDir = await mkdtemp(join(tmpdir(), `weir-${installation}-builds-`));
  const say = (): void => undefined;
  const base = await ensureBaseImage({ docker, installation, python: PYTHON, say });
  const builder = await ensureBuilderImage({ docker, installation, base, python: PYTHON, say, ...(caBundle && { caBundle }) });
  const settings = {
    installation, dataDir, defaultPython: PYTHON, defaultBuilder: builder, indexUrl, allowedGitHosts: gitHosts, allows,
    limitMinutes,
    egress: new EgressPolicy(['pypi.org:443', 'files.pythonhosted.org:443', 'deb.debian.org:80', `${index.hostname}:${index.port || 443}`, ...gitHosts]),
  };
  const runDir = join(tmpdir(), `weir-${installation}`);
  const sandboxes = new Sandboxes(docker, { installation, runtime: USUAL_RUNTIME, caBundle, runDir });
  const repositories = new GitRepositories(sandboxes, { dataDir, image: builder, examplesDir: join(import.meta.dirname, '../../test/examples') });
  const reports = new InMemoryBuildReports();
  const logger = createLogger({ process: 'worker', level: 'error' });
  const pythonSource = new InMemoryPythonSource();
  pythonSource.origins.set(ANOTHER_PYTHON, { from: 'memory' });
  const pythons = new Pythons(pythonSource, { given: { [PYTHON]: { base, builder } }, defaultPython: PYTHON, logger: createLogger({ process: 'worker', level: 'silent' }) });
  const disks = new BuildDisks({ folder: join(dataDir, 'cache'), size: diskBytes, uid: sandboxes.uid, logger });
  class ObservedEnvironments extends Environments {
    override async provide(wanted: Parameters<Environments['provide']>[0]): Promise<Environment> {
      const environment = await super.provide(wanted);
      await found?.(environment);
      return environment;
    }
  }
  const benches = new Workbenches(sandboxes, settings, disks);
  const buildOn = new BuildOn(sandboxes, settings, pythons, new ObservedEnvironments(docker, settings, benches));
  const builds = new BuildApp(settings, pythons, new FetchSource(sandboxes, repositories, settings), benches, buildOn);
  const run = new RunBuild(reports, builds, sandboxes, logger, new Redaction(secretsIn(indexUrl)));

  const workspace = newId('workspace', Date.now(), randomBytes(16));
  const order = (source: Partial<BuildOrder['source']>, more: Partial<BuildOrder> = {}): BuildOrder => {
    return {
      deployment: newId('deployment', Date.now(), randomBytes(16)), attempt: 1, app: newId('app', Date.now(), randomBytes(16)), workspace, hostname: 'app', commit: null, python: null, lock: null, acknowledged: { all: false, known: [] }, leaseMs: 30_000,
      source: { kind: 'builtin', example: null, branch: null, entryFile: null, ...source } as BuildOrder['source'], ...more,
    };
  };
  /** What a program of Python prints in an image: the environment's own, unless another is named. */
  const printed = async (image: string, code: string, python: readonly string[] = ['/opt/env/bin/python']): Promise<string> => {
    const container = await docker.createContainer({ Image: image, Cmd: [...python, '-c', code], Labels: { 'weir.installation': installation }, HostConfig: { NetworkMode: 'none' } });
    try {
      await container.start();
      await container.wait();
      const log = (await container.logs({ stdout: true, stderr: true })) as unknown as Buffer;
      return log.subarray(8).toString('utf8').trim(); // one frame: its header, then the text
    } finally {
      await container.remove({ force: true });
    }
  };
  const close = async (): Promise<void> => {
    await repositories.close();
    await sandboxes.sweep({});
    await removeImages(docker, installation);
    for (const name of [baseName(installation, PYTHON), builderName(installation, PYTHON)]) await docker.getImage(name).remove();
    const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '').filter((path) => path.startsWith(dataDir));
    for (const mount of mounts) await promisify(execFile)('umount', ['--lazy', '--', mount]);
    for (const folder of [dataDir, runDir]) await rm(folder, { recursive: true, force: true });
  };
  return { docker, installation, dataDir, runDir, settings, pythons, pythonSource, sandboxes, repositories, reports, run, order, printed, close, builder };
}
