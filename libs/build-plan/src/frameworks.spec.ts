import { FRAMEWORK_NAMES } from '@weir/domain';
import { describe, expect, it } from 'vitest';
import { installedVersion, planBuild, type RepositoryTree } from './index.ts';

function plan(files: Record<string, string>, entryFile: string | null = null) {
  const tree: RepositoryTree = { files: new Map(Object.entries(files).map(([path, text]) => [path, { size: text.length, text }])) };
  const answer = planBuild(tree, { entryFile, python: null, pythons: ['3.11'], defaultPython: '3.11' });
  if (!answer.ok) throw new Error(answer.failure.message);
  const { framework, added, entryFile: chosen, notes } = answer.plan;
  return { framework, added, entryFile: chosen, notes };
}

const MARIMO = 'import marimo\n\napp = marimo.App(width="medium")\n\n@app.cell\ndef _():\n    import streamlit_like\n';
const LOCK = 'version = 1\n\n[[package]]\nname = "fastapi"\nversion = "0.1"\n\n[[package]]\nname = "streamlit"\nversion = "1.50.0"\n';

const corpus: [title: string, files: Record<string, string>, framework: string, added: string[]][] = [
  ['Streamlit by its import', { 'app.py': 'import streamlit as st' }, 'streamlit', ['streamlit>=1.30']],
  ['Gradio by its import', { 'app.py': 'import gradio as gr', 'requirements.txt': 'gradio==6.31.0\ntorch' }, 'gradio', []],
  ['Gradio though its dependencies forgot it', { 'app.py': 'import gradio as gr', 'requirements.txt': 'torch' }, 'gradio', ['gradio']],
  ['Dash, which lacks a server to run in', { 'app.py': 'from dash import Dash, html', 'requirements.txt': 'dash[diskcache]>=4' }, 'dash', ['waitress']],
  ['Panel', { 'app.py': 'import numpy, panel as pn', 'requirements.txt': 'panel' }, 'panel', []],
  ['Shiny express', { 'app.py': 'from shiny.express import ui', 'requirements.txt': 'shiny' }, 'shiny', []],
  ['a notebook of marimo', { 'notebook.py': MARIMO, 'requirements.txt': 'marimo' }, 'marimo', []],
  ['NiceGUI', { 'main.py': 'from nicegui import app, ui', 'requirements.txt': 'nicegui' }, 'nicegui', []],
  ['FastAPI', { 'main.py': 'from fastapi import FastAPI', 'requirements.txt': 'fastapi\nuvicorn' }, 'fastapi', []],
  ['FastAPI, which lacks a server to run in', { 'main.py': 'from fastapi import FastAPI', 'requirements.txt': 'fastapi' }, 'fastapi', ['uvicorn[standard]']],
  ['Flask', { 'app.py': 'from flask import Flask', 'requirements.txt': 'Flask~=3.1\nwaitress' }, 'flask', []],
  ['a framework before the server it is mounted in', { 'app.py': 'from fastapi import FastAPI\nimport gradio as gr', 'requirements.txt': 'fastapi\ngradio' }, 'gradio', []],
  ['the entry file’s import before what else is installed', { 'app.py': 'import dash', 'requirements.txt': 'streamlit\ndash\nwaitress' }, 'dash', []],
];

describe('the framework of an app', () => {
  it.each(corpus)('is %s', (_, files, framework, added) => {
    expect(plan(files)).toMatchObject({ framework, added });
  });

  it('is, for an entry file that imports none, the one among the dependencies, and Streamlit where there is none', () => {
    expect(plan({ 'run.py': 'from lib import main', 'requirements.txt': 'pandas\npanel' }, 'run.py')).toMatchObject({ framework: 'panel', added: [] });
    expect(plan({ 'run.py': 'from lib import main', 'requirements.txt': 'pandas' }, 'run.py')).toMatchObject({ framework: 'streamlit', added: ['streamlit>=1.30'] });
  });

  it('is not one that a lock only has for another package', () => {
    const files = { 'run.py': 'from lib import main', 'uv.lock': LOCK, 'pyproject.toml': '[project]\nname = "x"\ndependencies = ["pandas"]\n' };
    expect(plan(files, 'run.py')).toMatchObject({ framework: 'streamlit', added: [] });
  });

  it('chooses the entry file: an API beside a Streamlit app is not the app', () => {
    expect(plan({ 'main.py': 'from fastapi import FastAPI', 'ui/viewer.py': 'import streamlit' })).toMatchObject({ entryFile: 'ui/viewer.py', framework: 'streamlit' });
  });

  it('can be each one that the platform knows how to treat', () => {
    expect(FRAMEWORK_NAMES.map((name) => plan({ 'app.py': `import ${name}` }).framework)).toEqual(FRAMEWORK_NAMES);
  });

  it('is sought in time that grows no faster than the file', () => {
    const started = performance.now();
    plan({ 'app.py': `${'\n'.repeat(250_000)}import panel`, 'b.py': `${'import a, '.repeat(25_000)}\n` });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('is said, and so is what is added to serve it', () => {
    expect(plan({ 'app.py': 'import dash', 'requirements.txt': 'pandas==2.0' }).notes).toEqual(expect.arrayContaining([
      'Served as an app of Dash.', 'Dash is not among the direct dependencies, so it is installed with them.', 'waitress is not among the direct dependencies, so it is installed with them.',
    ]));
  });
});

describe('the installed version', () => {
  it('is the one that was resolved', () => {
    const lock = 'altair==5.0.0\n-e file:///app\nStreamlit==1.57.0rc1\nstreamlit-aggrid==1.0\n';
    expect(installedVersion(lock, 'streamlit')).toBe('1.57.0rc1');
    expect(installedVersion(lock, 'streamlit_aggrid')).toBe('1.0');
  });

  it('is unknown of what is not there, or came from no index', () => {
    expect(installedVersion('', 'streamlit')).toBeNull();
    expect(installedVersion('streamlit @ git+https://github.com/streamlit/streamlit@abc\n', 'streamlit')).toBeNull();
  });
});
