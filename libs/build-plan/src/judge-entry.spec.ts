import { describe, expect, it } from 'vitest';
import { judgeEntry } from './judge-entry.ts';

const judge = (entryFile: string, files: Readonly<Record<string, string>>) => judgeEntry({ files: new Map(Object.entries(files).map(([path, text]) => [path, { size: text.length, text }])) }, { entryFile, framework: 'streamlit' });
const APP = 'import streamlit as st\nst.title("x")\n';

describe('an entry file', () => {
  it.each([
    ['a notebook', '{\n "cells": [],\n "nbformat": 4\n}', 'app.py is a Jupyter notebook, not a Python script.'],
    ['a web page', '<!DOCTYPE html>\n<html>', 'app.py is a web page, not a Python script.'],
    ['an app for the desktop', 'import tkinter as tk\ntk.Tk().mainloop()', 'app.py is an app of Tk, for the desktop, which is not served here.'],
    ['of Django', 'import os\nfrom django.core.management import execute_from_command_line', 'app.py is an app of Django, which is not served here.'],
  ])('that is %s is refused before anything is installed', (_, text, message) => {
    expect(judge('app.py', { 'app.py': text, 'streamlit_app.py': APP }).failure).toMatchObject({ code: 'entry.not_an_app', phase: 'plan', message, hint: 'Choose streamlit_app.py as the entry file.', fix: { setting: 'entryFile', value: 'streamlit_app.py' } });
  });

  it('that is one page of an app is doubted', () => {
    expect(judge('pages/1_Map.py', { 'Home.py': APP, 'pages/1_Map.py': APP }).warnings).toMatchObject([{ code: 'entry.doubtful', message: 'pages/1_Map.py is one page of a multipage app: the others are not shown. Choose Home.py as the entry file.' }]);
  });

  it('that draws nothing is doubted', () => {
    expect(judge('utils.py', { 'utils.py': 'import pandas as pd\n', 'app.py': APP }).warnings).toMatchObject([{ code: 'entry.doubtful', message: 'utils.py does not use Streamlit, so its page stays empty. Choose app.py as the entry file.' }]);
  });

  it.each([
    ['a usual app', 'app.py', { 'app.py': APP }],
    ['one that leaves the drawing to a module', 'app.py', { 'app.py': 'from ui import main\nmain()', 'ui.py': APP }],
    ['one that leaves the drawing to a package', 'run.py', { 'run.py': 'import src.ui', 'src/ui.py': APP }],
    ['one that runs another file', 'run.py', { 'run.py': 'exec(open("app.py").read())', 'app.py': APP }],
    ['one whose folder is called pages', 'pages/app.py', { 'pages/app.py': APP }],
    ['one that uses tkinter beside Streamlit', 'app.py', { 'app.py': `import tkinter\n${APP}` }],
    ['a dictionary in a script', 'app.py', { 'app.py': `{"cells": 1}["cells"]\n${APP}`.replace('"cells": 1', "'a': 1").replace('["cells"]', "['a']") }],
  ])('is left in peace: %s', (_, entryFile, files) => {
    expect(judge(entryFile, files)).toEqual({ warnings: [] });
  });
});
