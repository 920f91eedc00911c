import { describe, expect, it } from 'vitest';
import { planBuild, rankEntryFiles, type RepositoryTree } from './index.ts';

const ST = 'import streamlit as st\n';
const tree = (files: Record<string, string>): RepositoryTree => ({ files: new Map(Object.entries(files).map(([path, text]) => [path, { size: text.length, text }])) });
const paths = (files: Record<string, string>) => rankEntryFiles(tree(files)).map(({ path }) => path);
const plan = (files: Record<string, string>, entryFile: string | null = null) => planBuild(tree(files), { entryFile, python: null, pythons: ['3.11'], defaultPython: '3.11' });

const corpus: [title: string, files: Record<string, string>, expected: string[]][] = [
  ['the usual names in their order', { 'main.py': ST, 'app.py': ST, 'streamlit_app.py': ST }, ['streamlit_app.py', 'app.py', 'main.py']],
  ['only what imports Streamlit', { 'app.py': 'import flask', 'dash.py': ST }, ['dash.py']],
  ['the root before folders', { 'src/app.py': ST, 'viewer.py': ST }, ['viewer.py', 'src/app.py']],
  ['the script that owns the pages', { 'analysis.py': ST, '🏠_Home.py': `${ST}st.set_page_config()`, 'pages/1_A.py': ST }, ['🏠_Home.py', 'analysis.py']],
  ['no tests, pages, set-up or virtual environments', { 'tests/test_app.py': ST, 'test_x.py': ST, 'pages/a.py': ST, 'setup.py': ST, 'venv/lib/app.py': ST, 'app.py': ST }, ['app.py']],
  ['every way of importing', { 'a.py': 'import os, streamlit as st', 'b.py': 'from streamlit import title', 'c.py': '  import streamlit', 'd.py': '# import streamlit', 'e.py': 'import streamlitx' }, ['a.py', 'b.py', 'c.py']],
];

describe('the entry file', () => {
  it.each(corpus)('is sought among %s', (_, files, expected) => {
    expect(paths(files)).toEqual(expected);
  });

  it('is the best candidate where none was asked for, and the plan says why', () => {
    const answer = plan({ 'app.py': ST, 'other.py': ST });
    expect(answer.ok && answer.plan.notes.slice(0, 2)).toEqual(['Runs app.py (in the root; has a usual name, imports streamlit).', 'Other scripts that could be the app: other.py.']);
  });

  it('may have an odd but honest name', () => {
    for (const path of ['🏠_Home.py', 'my app.py', 'src/größe.py', 'a(1).py']) expect(plan({ [path]: ST }, path)).toMatchObject({ ok: true, plan: { entryFile: path } });
  });

  it('that is missing is answered with the names that look like it', () => {
    expect(plan({ 'streamlit_app.py': ST, 'x.py': ST }, 'steamlit_app.py')).toMatchObject({ ok: false, failure: { code: 'entry.not_found', message: expect.stringContaining('steamlit_app.py'), hint: expect.stringContaining('streamlit_app.py'), fix: { setting: 'entryFile', value: 'streamlit_app.py' } } });
    expect(plan({ 'src/app.py': ST }, 'app.py')).toMatchObject({ ok: false, failure: { hint: expect.stringContaining('src/app.py') } });
  });

  it('cannot be chosen where nothing imports Streamlit: the scripts are named', () => {
    expect(plan({ 'run.py': 'print(1)', 'README.md': '' })).toMatchObject({ ok: false, failure: { code: 'entry.not_found', hint: expect.stringContaining('run.py') } });
    expect(plan({ 'README.md': '' })).toMatchObject({ ok: false, failure: { code: 'entry.not_found', message: expect.stringContaining('no Python script') } });
  });
});
