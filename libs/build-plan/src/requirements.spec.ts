import { describe, expect, it } from 'vitest';
import { decodeText, isPlanFile, planBuild, planFilesMissing, type RepositoryTree } from './index.ts';
import { readRequirement } from './requirement-line.ts';
import { readRequirements } from './requirements.ts';

const tree = (files: Record<string, string | null>): RepositoryTree => ({ files: new Map(Object.entries({ 'app.py': 'import streamlit', ...files }).map(([path, text]) => [path, text === null ? { size: 9 } : { size: text.length, text }])) });
const failureOf = (text: string, others: Record<string, string> = {}) => {
  const answer = planBuild(tree({ 'requirements.txt': text, ...others }), { entryFile: null, python: null, pythons: ['3.11'], defaultPython: '3.11' });
  return answer.ok ? null : answer.failure;
};

describe('a requirements file', () => {
  it.each([
    'pandas', 'pandas==2.2.3', 'pandas >= 2 , < 3', 'pandas~=2.0', 'pandas===2.0', 'Pandas[excel,parquet]>=2', "pywin32==306; sys_platform == 'win32'", 'pandas (>=2)', 'ruamel.yaml', 'torch==2.5.1+cpu', 'numpy==1.*',
    'six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254', 'x @ https://example.org/x-1.0.tar.gz', 'git+https://github.com/a/b.git@main#egg=b', 'b @ git+https://github.com/a/b@v1', 'https://example.org/x-1.0-py3-none-any.whl',
    '-e .', '-e ./lib[extra]', '.', './wheels/x-1.0-py3-none-any.whl', '-e git+https://github.com/a/b#egg=b', '-i https://pypi.org/simple', '--extra-index-url https://download.pytorch.org/whl/cpu', '--extra-index-url=https://x.org', '--find-links wheels/', '--only-binary :all:', '--pre', '# only a comment', '', '   ',
  ])('may hold %j', (line) => {
    expect(readRequirement(line.startsWith('#') ? '' : line).kind).not.toBe('unreadable');
    expect(failureOf(`streamlit\n${line}\n`)).toBeNull();
  });

  it.each([
    ['numpy=1.21.0=py39_0', 'numpy==1.21.0'],
    ['pandas 2.0.1', 'pandas==2.0.1'],
    ['certifi @ file:///croot/certifi_1/x', 'package name and version'],
    ['<<<<<<< HEAD', 'Finish the merge'],
    ['pip install pandas', 'one package a line'],
    ['--no-such-option', 'Remove the option'],
    ['pandas>>2', 'pandas>=1.0'],
    ['$(touch x)', 'one package a line'],
  ])('that holds %j is refused with the line and what to write', (line, hint) => {
    expect(failureOf(`streamlit\n# comment\n${line}\n`)).toMatchObject({ code: 'plan.requirements_unreadable', message: expect.stringContaining('Line 3 of requirements.txt'), hint: expect.stringContaining(hint), excerpt: `requirements.txt:3: ${line}` });
  });

  it('is read through byte order marks, CRLF, comments and continuations', () => {
    const { versions } = readRequirements(tree({ 'requirements.txt': '\uFEFFpandas==2.0  # why\r\nurl @ https://x.org/y#frag\r\nnumpy \\\r\n  >=1 \\\r\n  --hash=sha256:00\r\n# streamlit\r\n' }), { path: 'requirements.txt' });
    expect([...versions]).toEqual([['pandas', '==2.0'], ['url', '@ https://x.org/y#frag'], ['numpy', '>=1']]);
  });

  it('of PowerShell is UTF-16, and text all the same', () => {
    const [little, big] = [Buffer.from('pandas\r\n', 'utf16le'), Buffer.from('pandas\r\n', 'utf16le').swap16()];
    for (const bytes of [[0xff, 0xfe, ...little], [0xfe, 0xff, ...big], little, big]) expect(decodeText(Uint8Array.from(bytes))).toBe('pandas\r\n');
    expect(decodeText(Buffer.from('six # für', 'latin1'))).toBe('six # f\uFFFDr');
    expect(decodeText(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))).toBeUndefined();
  });

  it('brings what it includes, relative to itself, once', () => {
    const files = { 'requirements.txt': '-r requirements/app.txt', 'requirements/app.txt': 'streamlit\n-r ../requirements.txt\n-c limits.txt', 'requirements/limits.txt': 'numpy<2' };
    const { versions, inputs } = readRequirements(tree(files), { path: 'requirements.txt' });
    expect([...versions.keys()]).toEqual(['streamlit']);
    expect(inputs.map(([path]) => path)).toEqual(['requirements.txt', 'requirements/app.txt', 'requirements/limits.txt']);
  });

  it.each(['-r missing.txt', '-r ../../etc/passwd', '-r /etc/passwd', '-c', '-r file:///etc/passwd'])('that includes what is not in the repository (%s) is refused', (line) => {
    expect(failureOf(line)?.code).toBe('plan.requirements_unreadable');
  });

  it('names the files that are still to be loaded', () => {
    const files = { 'requirements.txt': '-r deps/base.list', 'deps/base.list': null };
    expect(planFilesMissing(tree(files))).toEqual(['deps/base.list']);
    expect(planFilesMissing(tree({ ...files, 'deps/base.list': 'pandas' }))).toEqual([]);
    const moved = { Dockerfile: 'COPY deps /tmp/deps\nRUN pip install -r /tmp/deps/web.list\nRUN ["pip", "install", "-r", "more.list"]\n', 'deps/web.list': null, 'more.list': null, 'other.list': null };
    expect(planFilesMissing(tree(moved))).toEqual(['deps/web.list', 'more.list']);
  });

  it('that installs the repository itself ties the environment to the commit, unless editable', () => {
    const copies = (text: string) => readRequirements(tree({ 'requirements.txt': text }), { path: 'requirements.txt' }).copiesSource;
    expect([copies('.'), copies('./lib'), copies('-e .'), copies('pandas')]).toEqual([true, true, false, false]);
  });
});

describe('the files whose text planning reads', () => {
  it.each(['requirements.txt', 'a/requirements-dev.txt', 'requirements/base.txt', 'base.txt', 'uv.lock', 'app/pyproject.toml', 'Pipfile', 'environment.yml', 'packages.txt', '.python-version', 'runtime.txt', 'app.py', 'pages/1_🏠.py', '.streamlit/config.toml'])('has %s', (path) => {
    expect(isPlanFile(path)).toBe(true);
  });

  it.each(['data.csv', '.venv/lib/x.py', 'node_modules/x/requirements.txt', 'a/b/c/d.py', '.git/config'])('has not %s', (path) => {
    expect(isPlanFile(path)).toBe(false);
  });

  it('leaves large files unread', () => {
    expect([isPlanFile('app.py', 300_000), isPlanFile('corpus.txt', 100_000), isPlanFile('uv.lock', 900_000)]).toEqual([false, false, true]);
  });
});
