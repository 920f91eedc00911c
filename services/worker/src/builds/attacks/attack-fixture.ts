import type { BuildOrder } from '@weir/contracts';
import type { Failure } from '@weir/domain';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { expect, vi } from 'vitest';
import { openBuilds } from '../build-fixture.ts';
import { openGitServer } from '../git-server-fixture.ts';
import { leftOfBuilds, leftOnDisks } from './left-of-builds.ts';

const run = promisify(execFile);
const ATTACKS = join(import.meta.dirname, '../../../test/attacks');
const APP = 'from flask import Flask\n\napp = Flask(__name__)\n';
const PYPROJECT = '[project]\nname = "evil"\nversion = "1"\n\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n';
/** More than that, and the worker's health, leases and other builds would feel it. */
const MOST_LAG_MS = 1500;
/** Of a log's text: 10 MiB of characters, most of which have two bytes at the most. */
const MOST_LOG_BYTES = 24 * 2 ** 20;

/** The folder of an environment that became an image goes seconds later, all else at once. */
const WITHIN = { timeout: 20_000, interval: 100 };

export interface Attacked {
  readonly failure: Failure | undefined;
  readonly image: string | undefined;
  readonly text: string;
  readonly order: BuildOrder;
}

type Given = NonNullable<Parameters<typeof openBuilds>[0]>;

/** Builds of hostile repositories, the real way: a Git server, sandboxes, the engine. Each must end once, with a reason, and leave nothing. */
export async function openAttacks(given: Given = {}) {
  const server = await openGitServer();
  const builds = await openBuilds({ ...given, gitHosts: [server.host, ...(given.gitHosts ?? [])] });
  const { reports, printed } = builds;
  let number = 0;

  /** Commits these files as a repository of the Git server. @returns its URL */
  async function repository(files: Readonly<Record<string, string>>, prepare?: (work: string) => Promise<void>): Promise<string> {
    const name = `r${++number}`;
    const work = join(server.folder, name);
    await mkdir(work, { recursive: true });
    for (const [path, text] of Object.entries({ 'app.py': APP, ...files })) {
      await mkdir(dirname(join(work, path)), { recursive: true });
      await writeFile(join(work, path), text);
    }
    await prepare?.(work);
    const git = (...args: string[]) => run('git', ['-C', work, '-c', 'user.name=A', '-c', 'user.email=a@localhost', ...args]);
    await git('init', '-q', '-b', 'main');
    await git('add', '.');
    await git('commit', '-q', '-m', 'first');
    await run('git', ['clone', '-q', '--bare', work, `${work}.git`]);
    return `http://${server.host}/${name}.git`;
  }

  /** A repository whose one dependency runs `attack.py`, made of a program of ours with these words put in. */
  async function hostilePackage(program: string, words: Readonly<Record<string, string>> = {}): Promise<string> {
    const source = await readFile(join(ATTACKS, program), 'utf8');
    const attack = Object.entries(words).reduce((text, [from, to]) => text.replaceAll(from, to), source);
    const prepare = async (work: string): Promise<void> => {
      for (const name of ['backend.py', 'environment.py']) await cp(join(ATTACKS, name), join(work, 'evil', name));
    };
    return repository({ 'requirements.txt': './evil\nflask\n', 'evil/pyproject.toml': PYPROJECT, 'evil/attack.py': attack }, prepare);
  }

  /** Builds it, and sees to what every attack must come to: one end, a worker that answered all the time, a bounded log, nothing left. */
  async function build(url: string, more: Partial<BuildOrder> & { readonly source?: never } = {}, source: object = {}): Promise<Attacked> {
    reports.reports.length = 0;
    reports.lines.length = 0;
    const order = builds.order({ kind: 'git', url, entryFile: 'app.py', ...source } as never, more);
    const lag = monitorEventLoopDelay({ resolution: 10 });
    lag.enable();
    await builds.run.execute(order, new AbortController().signal);
    lag.disable();
    const { text } = reports;
    expect(reports.reports.filter(({ kind }) => kind === 'built' || kind === 'failed'), text.slice(-2000)).toHaveLength(1);
    expect(lag.max / 1e6, 'milliseconds in which the worker answered nobody').toBeLessThan(MOST_LAG_MS);
    expect(reports.lines.reduce((sum, line) => sum + Buffer.byteLength(line.text), 0)).toBeLessThan(MOST_LOG_BYTES);
    await vi.waitFor(async () => expect(await leftOfBuilds(builds)).toEqual({}), WITHIN);
    const failure = reports.find('failed')?.failure;
    expect(failure?.code, text.slice(-4000)).not.toBe('build.internal');
    return { failure, image: reports.find('built')?.image, text, order };
  }

  /** Runs a program of Python in an image of this installation, and gives what it printed. */
  const inImage = (image: string, code: string): Promise<string> => printed(image, code, ['/usr/bin/env', 'python3']);

  const close = async (): Promise<void> => {
    await vi.waitFor(async () => expect({ ...(await leftOfBuilds(builds)), ...leftOnDisks(builds) }).toEqual({}), WITHIN);
    await builds.close();
    await server.close();
  };
  return { ...builds, server, repository, hostilePackage, build, inImage, close };
}
