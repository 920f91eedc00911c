import { describe, expect, it } from 'vitest';
import { type BuildPlan, planBuild, type PlanQuestion, type RepositoryTree } from './index.ts';

const question: PlanQuestion = { entryFile: null, python: null, pythons: ['3.9', '3.11', '3.13'], defaultPython: '3.11' };

const tree = (files: Record<string, string>): RepositoryTree => ({ files: new Map(Object.entries(files).map(([path, text]) => [path, { size: text.length, text }])) });
const answer = (files: Record<string, string>, asked: Partial<PlanQuestion> = {}) => planBuild(tree(files), { ...question, ...asked });

function plan(files: Record<string, string>, asked: Partial<PlanQuestion> = {}): BuildPlan {
  const result = answer(files, asked);
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.plan;
}

function failure(files: Record<string, string>, asked: Partial<PlanQuestion> = {}) {
  const result = answer(files, asked);
  if (result.ok) throw new Error('the plan was made');
  return result.failure;
}

const APP = 'import streamlit as st\nst.title("x")\n';

describe('a build plan', () => {
  it('installs only Streamlit where there is no dependency file', () => {
    const { entryFile, dependencies, added, install, python } = plan({ 'app.py': APP });
    expect({ entryFile, dependencies, added, python }).toEqual({ entryFile: 'app.py', dependencies: { kind: 'none' }, added: ['streamlit>=1.30'], python: '3.11' });
    expect(install).toEqual([['uv', 'pip', 'install', '--python', '{python}', 'streamlit>=1.30']]);
  });

  it('follows a lock from the places that the repository names, and chooses nothing', () => {
    const pip = ['uv', 'pip', 'install', '--python', '{python}'];
    const locked = [...pip, '--no-deps', '-r', '{files}/lock.txt'];
    expect(plan({ 'app.py': APP }).exact).toEqual([locked]);
    const lines = 'pandas\n--extra-index-url https://i.example.org/simple\n--require-hashes\n--no-index\n-f wheels\n--only-binary=:all:\n';
    const { exact, sources } = plan({ 'app.py': APP, 'requirements.txt': lines, 'wheels/a.whl': '' });
    expect(sources).toEqual(['--index-strategy', 'unsafe-best-match', '--find-links', './wheels', '--extra-index-url', 'https://i.example.org/simple', '--no-index', '--only-binary', ':all:']);
    expect(exact).toEqual([[...pip, '--no-deps', ...sources, '-r', '{files}/lock.txt']]);
    const own = plan({ 'app.py': APP, 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\n', 'uv.lock': 'version = 1\n[[package]]\nname = "streamlit"\n' });
    expect(own.exact).toEqual([own.install[0], locked]);
  });

  it('adds Streamlit to the same resolution only where it is missing', () => {
    expect(plan({ 'app.py': APP, 'requirements.txt': 'pandas\n' }).install[0]).toEqual(['uv', 'pip', 'install', '--python', '{python}', '-r', '{files}/source/requirements.txt', 'streamlit>=1.30']);
    expect(plan({ 'app.py': APP, 'requirements.txt': 'Streamlit[charts] ~= 1.40 ; python_version > "3.8"\n' }).added).toEqual([]);
  });

  const lookups: [title: string, files: string[], entry: string, chosen: string][] = [
    ['the entry folder before the root', ['requirements.txt', 'sub/requirements.txt'], 'sub/app.py', 'sub/requirements.txt'],
    ['the root where the entry folder has none', ['requirements.txt'], 'sub/app.py', 'requirements.txt'],
    ['uv.lock before requirements.txt', ['uv.lock', 'pyproject.toml', 'requirements.txt'], 'app.py', 'uv.lock'],
    ['requirements.txt before pyproject.toml', ['requirements.txt', 'pyproject.toml'], 'app.py', 'requirements.txt'],
    ['Pipfile, environment.yml, requirements.txt in this order', ['requirements.txt', 'environment.yml', 'Pipfile'], 'app.py', 'Pipfile'],
    ['not a lock without what it locks', ['Pipfile.lock', 'poetry.lock', 'requirements.txt'], 'app.py', 'requirements.txt'],
    ['not a uv.lock without a pyproject.toml', ['uv.lock', 'requirements.txt'], 'app.py', 'requirements.txt'],
  ];
  const content: Record<string, string> = { 'pyproject.toml': '[project]\nname = "x"\ndependencies = ["pandas"]\n' };
  it.each(lookups)('takes %s, and names what it ignored', (_, files, entry, chosen) => {
    const { dependencies, notes } = plan({ [entry]: APP, ...Object.fromEntries(files.map((path) => [path, content[path] ?? ''])) });
    expect(dependencies).toMatchObject({ path: chosen });
    for (const path of files) expect(notes.join('\n')).toContain(path);
  });

  it('has an environment key made of every requirements file that takes part, and of no source', () => {
    const files = { 'app.py': APP, 'requirements.txt': '-r base/a.txt\n-c limits.txt\n', 'base/a.txt': 'pandas\n-r b.txt', 'base/b.txt': 'numpy', 'limits.txt': 'numpy<3' };
    expect(plan(files).environmentInputs.map(([name]) => name)).toEqual(['python', 'packages', 'install', 'requirements.txt', 'base/a.txt', 'base/b.txt', 'limits.txt', 'held']);
    expect(plan({ ...files, 'app.py': `${APP}# changed` }).environmentInputs).toEqual(plan(files).environmentInputs);
    expect(plan({ ...files, 'base/b.txt': 'numpy<2' }).environmentInputs).not.toEqual(plan(files).environmentInputs);
  });

  it('takes apt packages of the root and of the entry folder', () => {
    expect(plan({ 'sub/app.py': APP, 'packages.txt': '\uFEFFlibgl1 ffmpeg # video\r\n\r\n# none\r\n', 'sub/packages.txt': 'g++\nlibgl1' }).packages).toEqual(['ffmpeg', 'g++', 'libgl1']);
  });

  it.each(['-o APT::x=y', 'a;touch x', '$(x)', 'LIBGL1', 'https://example.org/x.deb', 'x=1.0', '../x', 'a'.repeat(300)])('refuses the apt package %j', (name) => {
    expect(failure({ 'app.py': APP, 'packages.txt': `ffmpeg\n${name}\n` })).toMatchObject({ code: 'plan.package_name_invalid', message: expect.stringContaining('Line 2 of packages.txt') });
  });
});

describe("a plan's Python", () => {
  const project = (range: string) => ({ 'app.py': APP, 'pyproject.toml': `[project]\nname = "x"\nrequires-python = "${range}"\ndependencies = []\n` });

  it('is the one asked for, or the plan fails with those there are', () => {
    expect(plan({ 'app.py': APP }, { python: '3.9' }).python).toBe('3.9');
    expect(failure({ 'app.py': APP }, { python: '3.12' })).toMatchObject({ code: 'plan.python_unavailable', message: expect.stringContaining('3.9, 3.11 and 3.13') });
  });

  it.each([['.python-version', '3.13.1\n', '3.13'], ['.python-version', '3.12', '3.13'], ['.python-version', '3.10', '3.11'], ['runtime.txt', 'python-3.9.18', '3.9'], ['runtime.txt', 'python-3.8', '3.11'], ['.python-version', 'cpython-3.14', '3.13'], ['.python-version', 'nonsense', '3.11']])('takes %s saying %j as %s', (path, text, python) => {
    expect(plan({ 'app.py': APP, [path]: text }).python).toBe(python);
  });

  it('says where it is not the one that was wished for, and why', () => {
    expect(plan({ 'app.py': APP, '.python-version': '3.12.4\n' }).notes).toContain('Python 3.13: .python-version asks for 3.12, and this is the nearest available.');
    expect(plan({ 'app.py': APP, '.python-version': '3.13\n' }, { pythons: ['3.11'] }).notes).toContain('Python 3.11: .python-version asks for 3.13, and this is the nearest available.');
    expect(plan({ ...project('>=3.11'), '.python-version': '3.9\n' }).notes).toContain("Python 3.11: .python-version asks for 3.9, and this is the nearest available within pyproject.toml's “>=3.11”.");
  });

  it.each([['>=3.12', '3.13'], ['>=3.8,<3.11', '3.9'], ['>=3.11.4', '3.11'], ['==3.9.*', '3.9'], ['!=3.11.*', '3.13'], ['~=3.9', '3.11'], ['<4.0', '3.11'], ['>3.11', '3.13']])('stays within requires-python %s: %s', (range, python) => {
    expect(plan(project(range)).python).toBe(python);
  });

  it('is refused where requires-python leaves none, or not the one asked for', () => {
    expect(failure(project('>=3.15')).code).toBe('plan.python_unavailable');
    expect(failure(project('>=3.12'), { python: '3.11' })).toMatchObject({ code: 'plan.python_unavailable', hint: expect.stringContaining('3.13') });
  });
});
