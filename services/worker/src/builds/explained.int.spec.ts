import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBuilds } from './build-fixture.ts';
import { type GitServer, openGitServer } from './git-server-fixture.ts';

const run = promisify(execFile);
const APP = 'import streamlit as st\n\nst.title("hello")\n';
const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n';

/** Repositories that fail, and the one sentence that each is told. */
const TABLE: [title: string, files: Record<string, string>, code: string, message: string, hint: string][] = [
  ['two versions of one package', { 'requirements.txt': 'streamlit\nnumpy==1.26.4\nnumpy==1.25.0\n' }, 'build.resolution_conflict', 'Two demands exclude each other: requirements.txt line 2 asks for numpy==1.26.4, but requirements.txt line 3 asks for numpy==1.25.0.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['a pyproject.toml whose dependencies exclude each other', { 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\ndependencies = [\n  "pandas[excel]==2.2.3",\n  "openpyxl==3.0.0",\n]\n' }, 'build.resolution_conflict', 'Two demands exclude each other: pandas[excel]==2.2.3 (pyproject.toml line 5) needs openpyxl>=3.1.0, but pyproject.toml line 6 asks for openpyxl==3.0.0.', 'Loosen the version of openpyxl, or of the package that needs another one.'],
  ['a constraint that excludes what a file in a folder asks for', { 'requirements.txt': '-r deps/base.txt\n-c limits.txt\n', 'deps/base.txt': '# tables\npandas==2.2.3\n', 'limits.txt': 'numpy<1.22\n' }, 'build.resolution_conflict', 'Two demands exclude each other: pandas==2.2.3 (deps/base.txt line 2) needs numpy>=1.23.2, but limits.txt line 1 asks for numpy<1.22.', 'Loosen the version of numpy, or of the package that needs another one.'],
  ['a Pipfile that excludes what Streamlit needs', { Pipfile: '[packages]\nstreamlit = "==1.20.0"\nprotobuf = "==4.25.0"\n' }, 'build.resolution_conflict', 'Two demands exclude each other: streamlit==1.20.0 (Pipfile line 2) needs protobuf>=3.12,<4, but Pipfile line 3 asks for protobuf==4.25.0.', 'Loosen the version of protobuf, or of the package that needs another one.'],
  ['a misspelt package of conda', { 'environment.yml': 'dependencies:\n  - python=3.11\n  - beautifullsoup4=4.12\n' }, 'build.package_not_found', 'There is no package “beautifullsoup4” (environment.yml line 3).', 'Did you mean “beautifulsoup4”?'],
  ['a misspelt package', { 'requirements.txt': '# what it needs\nscikit-lern\n' }, 'build.package_not_found', 'There is no package “scikit-lern” (requirements.txt line 2).', 'Did you mean “scikit-learn”?'],
  ['a version that does not exist', { 'requirements.txt': 'pandas==2.2.99\n' }, 'build.version_not_found', 'There is no pandas==2.2.99 (requirements.txt line 1).', 'Ask for a version that exists, or write “pandas” alone for the newest that fits.'],
  ['a package for other Pythons', { 'requirements.txt': 'tensorflow==2.11.0\n' }, 'build.python_mismatch', 'tensorflow==2.11.0 (requirements.txt line 1) is made for Python 3.7, 3.8, 3.9, 3.10 only, and the app runs on 3.11.', 'It has a wheel for no Python that is available here: ask for “tensorflow>=2.12.0”, the first with a wheel for Python 3.11.'],
  ['a release without a wheel, which cannot be built any more', { 'requirements.txt': 'streamlit\nmarkupsafe==1.0\n' }, 'build.package_build_failed', expect.stringMatching(/^markupsafe==1\.0 \(requirements\.txt line 2\) has no wheel for Python 3\.11 and could not be built from source: ImportError: cannot import name 'Feature' from 'setuptools'/) as unknown as string, expect.stringMatching(/^It has a wheel for no Python that is available here: ask for “markupsafe>=\d[\d.]+”, the first with a wheel for Python 3\.11\.$/) as unknown as string],
  ['a package without a wheel or its header', { 'requirements.txt': 'python-ldap==3.4.4\n' }, 'build.compiler_missing', 'python-ldap==3.4.4 (requirements.txt line 1) has no wheel for Python 3.11 and cannot be compiled: lber.h is missing.', 'Add “libldap2-dev libsasl2-dev” to packages.txt, or ask for a version of python-ldap that has a wheel.'],
  ['a package that meson builds, by what another needs', { 'requirements.txt': 'pygobject==3.48.2\n' }, 'build.compiler_missing', expect.stringMatching(/^pycairo==\S+ \(needed by pygobject==3\.48\.2, requirements\.txt line 1\) has no wheel for Python 3\.11 and cannot be compiled: the library cairo is missing\.$/) as unknown as string, 'Add “libcairo2-dev” to packages.txt, or ask for a version of pycairo that has a wheel.'],
  ['a package under its old name', { 'requirements.txt': 'sklearn\n' }, 'build.package_renamed', 'sklearn (requirements.txt line 1) is not the package that is meant.', 'Write “scikit-learn” instead.'],
  ['an apt package that does not exist', { 'packages.txt': 'libgl1-nope\n' }, 'build.system_package_not_found', 'There is no apt package “libgl1-nope” (packages.txt).', 'Look the name up at packages.debian.org for the Debian release of the base image; Python packages belong in requirements.txt.'],
  ['a notebook under the name of a script', { 'app.py': '{\n "cells": [],\n "nbformat": 4\n}\n' }, 'entry.not_an_app', 'app.py is a Jupyter notebook, not a Python script.', 'Choose a Python script of one of the frameworks as the entry file.'],
  ['a wheel that is kept in Git LFS', { 'requirements.txt': './thing-1.0-py3-none-any.whl\n', 'thing-1.0-py3-none-any.whl': POINTER }, 'source.lfs', 'thing-1.0-py3-none-any.whl is kept in Git LFS, which is not fetched: only its pointer was there to build from.', 'Commit the file itself instead of keeping it in Git LFS.'],
  ['a package in a submodule', { 'requirements.txt': '-e ./vendor/lib\n' }, 'source.submodules', 'vendor/lib is a submodule, which is not fetched: its folder was empty.', 'Commit those files themselves, or install the submodule as a package from its Git URL.'],
  ['a dependency on an unreachable Git server', { 'requirements.txt': 'thing @ git+https://no-such-host.invalid/a/thing.git\n' }, 'build.host_unreachable', 'requirements.txt line 1 needs no-such-host.invalid, which the build could not reach: the name has no address.', 'Ask the operator whether builds may reach no-such-host.invalid, or use what the package index has instead.'],
];

describe('a repository that fails', () => {
  let builds: Awaited<ReturnType<typeof openBuilds>>;
  let server: GitServer;
  let folder: string;
  let host: string;

  beforeAll(async () => {
    server = await openGitServer();
    ({ folder } = server);
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

  /** Commits the files, with a submodule at `vendor/lib` whose commit nobody has, and builds them. */
  async function build(name: string, files: Readonly<Record<string, string>>): Promise<void> {
    const work = join(folder, name);
    for (const [path, text] of Object.entries({ 'app.py': APP, ...files })) {
      await mkdir(dirname(join(work, path)), { recursive: true });
      await writeFile(join(work, path), text);
    }
    const git = (...args: string[]) => run('git', ['-C', work, '-c', 'user.name=A', '-c', 'user.email=a@localhost', ...args]);
    await git('init', '-q', '-b', 'main');
    await git('add', '.');
    await git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},vendor/lib`);
    await git('commit', '-q', '-m', 'first');
    await run('git', ['clone', '-q', '--bare', work, `${work}.git`]);
    const order = builds.order({ kind: 'git', url: `http://${host}/${name}.git`, entryFile: 'app.py' } as never);
    await builds.run.execute(order, new AbortController().signal);
  }

  it.each(TABLE)('for %s is told so in one sentence', async (title, files, code, message, hint) => {
    await build(title.replaceAll(/\W+/g, '-'), files);
    expect(builds.reports.find('failed')?.failure, builds.reports.text).toMatchObject({ code, message, hint });
  }, 120_000);

  it('is built with the tools of its time, where those of today are why it fails', async () => {
    await build('older', { 'requirements.txt': 'PyYAML==5.4.1\n' });
    expect(builds.reports.find('failed')?.failure, builds.reports.text).toBeUndefined();
    expect(builds.reports.find('built')?.lock).toContain('pyyaml==5.4.1');
    expect(builds.reports.text).toContain('Built again with cython<3');
  }, 240_000);

  it.each([
    ['python-ldap==3.4.4', 'libldap2-dev libsasl2-dev'],
    ['mysqlclient==2.2.4', 'default-libmysqlclient-dev'],
    ['pycairo==1.26.1', 'libcairo2-dev'],
    ['pygraphviz==1.13', 'libgraphviz-dev'],
    ['pysqlite3==0.5.2', 'libsqlite3-dev'],
  ])('because of %s is mended by the line for packages.txt that it is told: %s', async (requirement, packages) => {
    await build(`mended-${requirement.replaceAll(/\W+/g, '-')}`, { 'requirements.txt': `${requirement}\n`, 'packages.txt': `${packages}\n` });
    expect(builds.reports.find('failed')?.failure, builds.reports.text).toBeUndefined();
    expect(builds.reports.find('built')?.lock).toContain(requirement);
    expect(builds.reports.find('warning')?.warning).toMatchObject({ code: 'source.submodules', message: 'vendor/lib is a submodule, which is not fetched: its folder is empty.' });
  }, 240_000);
});
