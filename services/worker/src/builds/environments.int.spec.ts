import { execFile } from 'node:child_process';
import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBuilds } from './build-fixture.ts';
import { type GitServer, openGitServer } from './git-server-fixture.ts';

const run = promisify(execFile);
const MIB = 2 ** 20;

describe('an environment that resembles an earlier one', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let server: GitServer;
  let folder: string;
  let url: string;
  const never = new AbortController().signal;
  /** What befalls an environment as the next builds find it. */
  const removal: ((image: string) => Promise<unknown>)[] = [];
  const git = (...args: string[]) => run('git', ['-C', join(folder, 'work'), '-c', 'user.name=A', '-c', 'user.email=a@localhost', ...args]);

  async function push(requirements: string): Promise<void> {
    await writeFile(join(folder, 'work/requirements.txt'), requirements);
    await git('add', '.');
    await git('commit', '-q', '--allow-empty', '-m', 'requirements');
    await git('push', '-q', '--force', join(folder, 'app.git'), 'HEAD:main');
  }

  /** Builds with these requirements, and gives the app's image and its environment's. */
  async function build(requirements: string, more = {}): Promise<{ image: string; size: number; layers: number }> {
    await push(requirements);
    builds.reports.reports.length = 0;
    await builds.run.execute(builds.order({ kind: 'git', url } as never, more), never);
    expect(builds.reports.find('failed')?.failure, builds.reports.text).toBeUndefined();
    const image = builds.reports.find('built')?.image ?? '';
    const { Size, RootFS } = await builds.docker.getImage(image).inspect();
    return { image, size: Size, layers: RootFS.Layers?.length ?? 0 };
  }

  beforeAll(async () => {
    server = await openGitServer();
    ({ folder } = server);
    await cp(join(import.meta.dirname, '../../test/examples/hello'), join(folder, 'work'), { recursive: true });
    await git('init', '-q', '-b', 'main');
    await git('add', '.');
    await git('commit', '-q', '-m', 'first');
    await run('git', ['clone', '-q', '--bare', join(folder, 'work'), join(folder, 'app.git')]);
    const { host } = server;
    url = `http://${host}/app.git`;
    builds = await openBuilds({ gitHosts: [host], found: async ({ image }) => void (await removal.shift()?.(image)) });
  });
  afterAll(async () => {
    await builds.close();
    await server.close();
  });

  it('stores what differs alone, has what it should and nothing else; and is never built on another workspace’s', async () => {
    const versions = "import importlib.metadata as m; print(sorted((d.name.lower(), d.version) for d in m.distributions() if d.name.lower() in ('six', 'tomli')))";
    const first = await build('streamlit\nsix==1.16.0\ntomli==2.0.1\n');
    const second = await build('streamlit\nsix==1.17.0\n');
    expect(second.layers).toBe(first.layers + 1);
    expect(second.size - first.size).toBeLessThan(8 * MIB);
    expect(await builds.printed(first.image, versions)).toBe("[('six', '1.16.0'), ('tomli', '2.0.1')]");
    expect(await builds.printed(second.image, versions)).toBe("[('six', '1.17.0')]");
    expect(await builds.printed(second.image, 'import six, streamlit, tomli')).toContain("No module named 'tomli'");

    const theirs = await build('streamlit\nsix==1.15.0\n', { workspace: 'wsp_0000000000000000000000000b' });
    expect(theirs.layers).toBe(first.layers);
  }, 240_000);

  it('is made once for two apps that ask for it at the same moment, and each leaves only its image', async () => {
    const workspace = 'wsp_0000000000000000000000000d';
    await build('six==1.16.0\n', { workspace }); // the disk is there, as it is for most builds
    await push('six==1.17.0\n');
    builds.reports.reports.length = 0;
    builds.reports.lines.length = 0;
    await Promise.all([1, 2].map(() => builds.run.execute(builds.order({ kind: 'git', url } as never, { workspace }), never)));
    const built = builds.reports.reports.flatMap((report) => (report.kind === 'built' ? [report.environment] : []));
    expect([built.length, new Set(built).size]).toEqual([2, 1]);
    expect(builds.reports.text.match(/Installing the environment/g)).toHaveLength(1);
    expect(builds.reports.text.match(/Nothing to install/g)).toHaveLength(1);
    expect(await builds.docker.listContainers({ all: true, filters: { label: [`weir.installation=${builds.installation}`, 'weir.kind=build'] } })).toEqual([]);
    await expect.poll(() => readdir(join(builds.dataDir, 'cache', workspace, 'environments')), { timeout: 10_000 }).toEqual([]);
  }, 240_000);

  it('is made anew when the sweep took it just as a build found it', async () => {
    const workspace = 'wsp_0000000000000000000000000c';
    const before = await build('six==1.16.0\n', { workspace });
    await builds.docker.getImage(before.image).remove();
    removal.push((image) => builds.docker.getImage(image).remove({ force: true }));
    const after = await build('six==1.16.0\n', { workspace });
    expect(removal).toEqual([]);
    expect(await builds.printed(after.image, 'import six; print(six.__version__)')).toBe('1.16.0');
    expect(builds.reports.text).toContain('The environment was removed just now');
  }, 240_000);
});
