import { planBuild } from '@weir/build-plan';
import { describe, expect, it } from 'vitest';
import { environmentKey } from './environment-key.ts';

const parts = { recipe: '1', base: 'sha256:a', workspace: 'wsp_a', inputs: [['requirements.txt', 'pandas\n']] as [string, string][], commit: null };

describe("an environment's key", () => {
  it('is the same for the same parts', () => {
    expect(environmentKey(parts)).toBe(environmentKey({ ...parts }));
  });

  it.each([{ recipe: '2' }, { base: 'sha256:b' }, { workspace: 'wsp_b' }, { commit: 'c' }, { inputs: [['requirements.txt', 'pandas']] as [string, string][] }, { inputs: [['requirements.txtp', 'andas\n']] as [string, string][] }])('changes with %j', (change) => {
    expect(environmentKey({ ...parts, ...change })).not.toBe(environmentKey(parts));
  });

  it('names the base image, the Python, the dependencies and the apt packages of a plan, and nothing of its source', () => {
    const keyOf = (python: string, more: Record<string, string> = {}, base = 'sha256:a'): string => {
      const files = { 'app.py': 'import streamlit\n', 'requirements.txt': 'streamlit==1.50.0\n', ...more };
      const tree = { files: new Map(Object.entries(files).map(([path, text]) => [path, { size: text.length, text }])) };
      const answer = planBuild(tree, { entryFile: null, python, pythons: ['3.11', '3.13'], defaultPython: '3.11' });
      if (!answer.ok) throw new Error(answer.failure.message);
      return environmentKey({ ...parts, base, inputs: answer.plan.environmentInputs });
    };
    const keys = [keyOf('3.11'), keyOf('3.13'), keyOf('3.11', {}, 'sha256:b'), keyOf('3.11', { 'packages.txt': 'ffmpeg\n' }), keyOf('3.11', { 'requirements.txt': 'streamlit==1.51.0\n' })];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf('3.11', { 'app.py': 'import streamlit as st\n' })).toBe(keyOf('3.11'));
  });
});
