import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBuilds } from './build-fixture.ts';
import { type GitServer, openGitServer } from './git-server-fixture.ts';
import { openPackageIndex, type PackageIndex } from './index-fixture.ts';

const run = promisify(execFile);
const WORKSPACES = ['b', 'c', 'd'].map((letter) => `wsp_0000000000000000000000000${letter}`);

describe('a release that is built again', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let server: GitServer;
  let index: PackageIndex;
  let url: string;
  let commit: string;
  let lock: string;
  const never = new AbortController().signal;

  /** Builds the repository's only commit; gives what was reported. */
  async function build(more = {}) {
    builds.reports.reports.length = 0;
    builds.reports.lines.length = 0;
    index.fetched.length = 0;
    await builds.run.execute(builds.order({ kind: 'git', url } as never, { commit, ...more }), never);
    return builds.reports.find('built');
  }

  /** Which version of the package an image has. */
  const colourIn = (image = ''): Promise<string> => builds.printed(image, 'import colour; print(colour.version)');

  beforeAll(async () => {
    [server, index] = await Promise.all([openGitServer(), openPackageIndex()]);
    url = `http://${server.host}/app.git`;
    const work = join(server.folder, 'work');
    const git = (...args: string[]) => run('git', ['-C', work, '-c', 'user.name=A', '-c', 'user.email=a@localhost', ...args]);
    await mkdir(work);
    await writeFile(join(work, 'app.py'), 'import streamlit as st\n\nst.title("hello")\n');
    await writeFile(join(work, 'requirements.txt'), 'streamlit\ncolour\n');
    await git('init', '-q', '-b', 'main');
    await git('add', '.');
    await git('commit', '-q', '-m', 'first');
    commit = (await git('rev-parse', 'HEAD')).stdout.trim();
    await run('git', ['clone', '-q', '--bare', work, join(server.folder, 'app.git')]);
    for (const [name, version] of [['streamlit', '1.50.0'], ['colour', '1.0']] as const) index.publish(name, version);
    builds = await openBuilds({ gitHosts: [server.host], indexUrl: index.url });
  }, 300_000);
  afterAll(async () => {
    await builds.close();
    await server.close();
    index.close();
  });

  it('installs what its lock lists, though the index has newer versions; and a push with the same requirements installs nothing', async () => {
    const first = await build();
    lock = first?.lock ?? '';
    expect(lock).toMatch(/^colour==1\.0 --hash=sha256:[0-9a-f]{64}\nstreamlit==1\.50\.0 --hash=sha256:[0-9a-f]{64}\n?$/);
    index.publish('colour', '1.1');
    for (const image of [first?.image, first?.environment]) await builds.docker.getImage(image ?? '').remove({ force: true });

    const again = await build({ lock, python: '3.11' });
    expect(builds.reports.text).toContain('exactly the packages of its lock');
    expect(again).toMatchObject({ lock, framework: { name: 'streamlit', version: '1.50.0' } });
    expect(await colourIn(again?.image)).toBe('1.0');

    const push = await build();
    expect(builds.reports.text).toContain('Nothing to install');
    expect(push).toMatchObject({ lock, environment: again?.environment });
  }, 240_000);

  it('does not take what the same requirements led to since, nor does a push then take its packages', async () => {
    const [workspace] = WORKSPACES;
    const newer = await build({ workspace });
    expect(await colourIn(newer?.image)).toBe('1.1');
    for (const installs of [true, false]) {
      const again = await build({ workspace, lock });
      expect(await colourIn(again?.image)).toBe('1.0');
      expect(again?.lock).toBe(lock);
      expect(builds.reports.text.includes('Nothing to install')).toBe(!installs);
    }
    expect(await build({ workspace })).toMatchObject({ environment: newer?.environment, lock: newer?.lock });
  }, 240_000);

  it('follows a lock of versions alone, as earlier releases have it', async () => {
    const again = await build({ workspace: WORKSPACES[1], lock: 'colour==1.0\nstreamlit==1.50.0' });
    expect(await colourIn(again?.image)).toBe('1.0');
  }, 240_000);

  it('fails where the index has other bytes under the same version', async () => {
    index.publish('colour', '1.0', "version = 'stolen'\n");
    expect(await build({ workspace: WORKSPACES[2], lock })).toBeUndefined();
    expect(builds.reports.find('failed')?.failure).toMatchObject({ code: 'build.hash_mismatch', phase: 'environment' });
  }, 240_000);
});
