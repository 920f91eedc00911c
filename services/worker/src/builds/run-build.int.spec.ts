import { execFile } from 'node:child_process';
import { cp, glob, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InspectRepository } from '../repositories/inspect-repository.ts';
import { ANOTHER_PYTHON, openBuilds } from './build-fixture.ts';
import { type GitServer, openGitServer } from './git-server-fixture.ts';

const run = promisify(execFile);
/** Put together, so that no tool that looks for keys finds one here. */
const TOKEN = `ghp_${'kQ7xWm2ZpR9tLc4VfNb8YhJd3GsTq6KzXvPw'}`;
const EXAMPLES = join(import.meta.dirname, '../../test/examples');

describe('a build', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let server: GitServer;
  let folder: string;
  let host: string;
  const never = new AbortController().signal;

  beforeAll(async () => {
    server = await openGitServer();
    ({ folder } = server);
    await cp(join(EXAMPLES, 'hello'), join(folder, 'work'), { recursive: true });
    const git = (...args: string[]) => run('git', ['-C', join(folder, 'work'), '-c', 'user.name=A', '-c', 'user.email=a@localhost', ...args]);
    await git('init', '-q', '-b', 'trunk');
    await git('add', '.');
    await git('commit', '-q', '-m', 'first');
    await git('branch', 'größe');
    await run('git', ['clone', '-q', '--bare', join(folder, 'work'), join(folder, 'app.git')]);
    await writeFile(join(folder, 'work/settings.py'), `# of the company\nTOKEN = "${TOKEN}"\n`);
    await writeFile(join(folder, 'work/streamlit_app.py'), 'import pandas as pd\nimport streamlit as st\n\nst.dataframe(pd.read_csv("a.csv"))\n');
    await git('add', '.');
    await git('commit', '-q', '-m', 'leak');
    await run('git', ['clone', '-q', '--bare', join(folder, 'work'), join(folder, 'leak.git')]);
    ({ host } = server);
    builds = await openBuilds({ gitHosts: [host] });
  });
  beforeEach(() => {
    builds.reports.reports.length = 0;
    builds.reports.lines.length = 0;
  });
  afterAll(async () => {
    await builds.close();
    await server.close();
  });

  const containers = async () => builds.docker.listContainers({ all: true, filters: { label: [`weir.installation=${builds.installation}`, 'weir.kind=build'] } });
  // The engine is told to remove a container and not waited for.
  const expectNoContainers = () => expect.poll(containers, { timeout: 20_000 }).toEqual([]);
  const failure = () => builds.reports.find('failed')?.failure;
  const isIn = (phase: string) => builds.reports.reports.some((report) => report.kind === 'phase' && report.phase === phase);

  it('makes an image of a repository, and the next one of it installs nothing', async () => {
    const { reports, order, docker } = builds;
    const first = order({ example: 'hello' });
    await builds.run.execute(first, never);
    expect(failure(), reports.text).toBeUndefined();
    const built = reports.find('built');
    expect(built?.lock).toContain(`streamlit==${built?.framework.version}`);
    expect(built?.framework).toEqual({ name: 'streamlit', version: expect.stringMatching(/^\d+\.\d+/) });
    const image = await docker.getImage(built?.image ?? '').inspect();
    expect(image.Config.Cmd).toEqual(['python3', '/opt/weir/entry.py', 'streamlit', 'streamlit_app.py']);
    expect(image.Config.Labels).toMatchObject({ 'weir.kind': 'image', 'weir.app': first.app });

    reports.reports.length = 0;
    const again = order({ example: 'hello' }, { app: first.app });
    await builds.run.execute(again, never);
    expect(reports.text).toContain('Nothing to install');
    expect(reports.find('built')?.environment).toBe(built?.environment);
    expect(reports.find('checked'), 'a sound app is not warned of').toBeUndefined();
    await expectNoContainers();
  }, 240_000);

  it('fetches a branch of a Git server that the operator listed, on its own default branch too', async () => {
    const { reports, order } = builds;
    await builds.run.execute(order({ kind: 'git', url: `http://${host}/app.git` } as never), never);
    expect(failure(), reports.text).toBeUndefined();
    expect(reports.find('fetched')).toMatchObject({ branch: 'trunk', message: 'first', author: 'A' });
    expect(reports.find('built')).toBeDefined();
    reports.reports.length = 0;
    await builds.run.execute(order({ kind: 'git', url: `http://${host}/app.git`, branch: 'größe' } as never), never);
    expect(reports.find('fetched')?.branch).toBe('größe');
  }, 240_000);

  it.each([
    ['an unknown branch', { branch: 'nope' }, 'source.branch_not_found'],
    ['a missing entry file', { entryFile: 'no.py' }, 'entry.not_found'],
  ])('fails with a reason for %s', async (_, settings, code) => {
    await builds.run.execute(builds.order({ kind: 'git', url: `http://${host}/app.git`, ...settings } as never), never);
    expect(failure()).toMatchObject({ code });
  });

  it.each([
    ['no repository there', () => `http://${host}/nothing.git`, 'source.not_found'],
    ['an unknown host', () => 'https://no-such-host.invalid/a.git', 'source.unreachable'],
    ['a private host that nobody listed', () => 'https://127.0.0.1/a.git', 'source.unreachable'],
  ])('fails with a reason for %s', async (_, url, code) => {
    await builds.run.execute(builds.order({ kind: 'git', url: url() } as never), never);
    expect(failure()).toMatchObject({ code, phase: 'fetch' });
  });

  it('fails before anything is installed when the entry file does not compile, naming the line', async () => {
    const wanted = builds.order({ example: 'broken' });
    await builds.run.execute(wanted, never);
    expect(failure()).toMatchObject({ code: 'app.syntax_error', message: expect.stringContaining('streamlit_app.py:3') });
    expect(await builds.docker.listImages({ filters: { label: [`weir.installation=${builds.installation}`, 'weir.kind=image', `weir.deployment=${wanted.deployment}`] } })).toEqual([]);
    await expectNoContainers();
  });

  it('fails for a committed credential before anything is made, says where and how to go on, and never its value', async () => {
    const { reports, order } = builds;
    await builds.run.execute(order({ kind: 'git', url: `http://${host}/leak.git` } as never), never);
    expect(failure(), reports.text).toMatchObject({ code: 'secret.committed', phase: 'plan', message: 'A credential is committed in settings.py, line 2. Nothing was deployed.', hint: expect.stringContaining('weir deploy app --acknowledge-secrets') });
    expect(reports.find('built')).toBeUndefined();
    expect(reports.find('checked')?.warnings).toMatchObject([{ code: 'secret.committed', place: { path: 'settings.py', line: 2 } }, { code: 'check.uncached_load', place: { path: 'streamlit_app.py', line: 4 } }]);
    expect(`${JSON.stringify(reports.reports)}${reports.text}`).not.toContain(TOKEN.slice(8));
  }, 120_000);

  it('deploys what is acknowledged, and leaves a warning of it', async () => {
    const { reports, order } = builds;
    const known = ['settings.py: A GitHub token (ghp_…) is committed: whoever can read the repository, or its history, can use it.'];
    await builds.run.execute(order({ kind: 'git', url: `http://${host}/leak.git` } as never, { acknowledged: { all: false, known } }), never);
    expect(failure(), reports.text).toBeUndefined();
    expect(reports.find('checked')?.warnings).toMatchObject([{ code: 'secret.committed' }, { code: 'check.uncached_load' }]);
    expect(reports.reports.findIndex(({ kind }) => kind === 'checked')).toBeLessThan(reports.reports.findIndex(({ kind }) => kind === 'built'));
  }, 240_000);

  it('fails with a reason for a package that does not exist', async () => {
    await builds.run.execute(builds.order({ example: 'missing' }), never);
    expect(failure()).toMatchObject({ code: 'build.package_not_found', phase: 'environment' });
  });

  it.skipIf(process.getuid?.() !== 0)('ends a build that fills its disk, and the next one has room again (needs root, to mount)', async () => {
    const small = await openBuilds({ diskBytes: 2 ** 30 });
    try {
      await small.run.execute(small.order({ example: 'flood' }), never);
      expect(small.reports.find('failed')?.failure, small.reports.text).toMatchObject({ code: 'build.disk_full', phase: 'environment' });
      small.reports.reports.length = 0;
      await small.run.execute(small.order({ example: 'missing' }), never);
      expect(small.reports.find('failed')?.failure).toMatchObject({ code: 'build.package_not_found' });
    } finally {
      await small.close();
    }
  }, 120_000);

  it('that needs a Python which is not here yet says that it is being prepared, and fails with a reason where that fails', async () => {
    const { reports, order, pythonSource } = builds;
    const running = builds.run.execute(order({ example: 'hello' }, { python: ANOTHER_PYTHON }), never);
    await expect.poll(() => pythonSource.begun, { timeout: 20_000 }).toEqual([ANOTHER_PYTHON]);
    pythonSource.fail(ANOTHER_PYTHON, 'the mirror went away');
    await running;
    expect(reports.text).toContain(`Preparing Python ${ANOTHER_PYTHON}, once for this installation.`);
    expect(failure()).toMatchObject({ code: 'python.not_made', phase: 'environment' });
    await expectNoContainers();
  });

  it('that waits for a Python stops waiting when it is not wanted any more', async () => {
    const { reports, order, pythonSource } = builds;
    const wanted = order({ example: 'hello' }, { python: ANOTHER_PYTHON });
    const running = builds.run.execute(wanted, never);
    await expect.poll(() => pythonSource.begun, { timeout: 20_000 }).toHaveLength(2);
    reports.stop(wanted.deployment);
    await running;
    expect([failure(), reports.find('built')]).toEqual([undefined, undefined]);
    await expectNoContainers();
  }, 30_000);

  it('stops soon when it is not wanted any more, reports nothing and leaves nothing', async () => {
    const { reports, order } = builds;
    const wanted = order({ example: 'hello' }, { workspace: 'wsp_0000000000000000000000000a' as never });
    const running = builds.run.execute(wanted, never);
    await expect.poll(() => reports.reports.some((report) => report.kind === 'phase' && report.phase === 'environment'), { timeout: 20_000 }).toBe(true);
    reports.stop(wanted.deployment);
    await running;
    expect(reports.find('built')).toBeUndefined();
    expect(reports.find('failed')).toBeUndefined();
    await expectNoContainers();
  }, 60_000);

  it.each([
    ['its plan is read', 'wsp_0000000000000000000000000b', () => isIn('plan')],
    ['its environment is stored', 'wsp_0000000000000000000000000c', () => builds.reports.text.includes('Storing the environment')],
    ['its image is made', undefined, () => isIn('image')],
  ])('that is not wanted any more while %s is gone within ten seconds', async (_, workspace, there) => {
    const { reports, order, docker, dataDir } = builds;
    const wanted = order({ example: 'hello' }, workspace === undefined ? {} : { workspace: workspace as never });
    const running = builds.run.execute(wanted, never);
    await expect.poll(there, { timeout: 60_000, interval: 5 }).toBe(true);
    reports.stop(wanted.deployment);
    const stoppedAt = performance.now();
    await running;
    expect(performance.now() - stoppedAt).toBeLessThan(10_000);
    expect([failure(), reports.find('built')]).toEqual([undefined, undefined]);
    const folders = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const path of glob([`builds/${wanted.deployment}*`, `cache/*/environments/${wanted.deployment}*`], { cwd: dataDir })) found.push(path);
      return found;
    };
    const images = () => docker.listImages({ filters: { label: ['weir.kind=image', `weir.deployment=${wanted.deployment}`] } });
    await expect.poll(async () => [...(await containers()), ...(await images()), ...(await folders())], { timeout: 10_000 }).toEqual([]);
  }, 120_000);

  it('fails with a reason once it has taken longer than a build may', async () => {
    const { reports, order, settings } = builds;
    const before = settings.limitMinutes;
    settings.limitMinutes = 0.001;
    try {
      await builds.run.execute(order({ kind: 'git', url: `http://${host}/app.git` } as never), never);
      expect(failure(), reports.text).toMatchObject({ code: 'build.timed_out', phase: 'fetch', message: expect.stringContaining('0.001 minutes') });
    } finally {
      settings.limitMinutes = before;
    }
    await expectNoContainers();
  }, 60_000);

  it('shows the branches and entry files of a repository without building it', async () => {
    const view = await new InspectRepository(builds.sandboxes, builds.settings, builds.pythons).execute({ url: `http://${host}/app.git` });
    expect(view).toMatchObject({ defaultBranch: 'trunk', branches: expect.arrayContaining(['trunk', 'größe']), entryFiles: [{ path: 'streamlit_app.py' }], plan: { python: '3.11' } });
  });
});
