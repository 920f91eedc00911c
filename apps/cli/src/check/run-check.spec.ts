import { type FolderCheck, LocalPython } from '@weir/deploy-check';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../program.ts';
import { readFolder } from './read-folder.ts';
import { describeCheck } from './run-check.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'weir-check-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
  process.exitCode = 0;
});
const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};

describe('the words of weir check', () => {
  const finding = { rule: 'no_timeout', severity: 'warning', path: 'app.py', line: 3, why: 'requests.get has no time limit.', fix: 'Give it one.' } as const;
  const result: FolderCheck = { entryFile: 'app.py', findings: [finding, { ...finding, line: 12 }], skipped: [{ path: 'old.py', why: 'syntax' }], broken: null };

  it('are one line a place, and each remedy once', () => {
    expect(describeCheck(result).split('\n')).toEqual([
      'Left out: old.py (Python cannot parse it)',
      'SEVERITY  PLACE      RULE        WHY',
      'warning   app.py:3   no_timeout  requests.get has no time limit.',
      'warning   app.py:12  no_timeout  requests.get has no time limit.',
      '',
      'What mends it:',
      '  no_timeout: Give it one.',
    ]);
  });

  it('say that nothing was found', () => {
    expect(describeCheck({ entryFile: 'app.py', findings: [], skipped: [], broken: null })).toBe('Nothing found.');
  });
});

describe('the files of a folder', () => {
  it('are those that Git has, as others are not deployed', async () => {
    write('app.py', 'import streamlit\n');
    write('.streamlit/secrets.toml', 'a = 1\n');
    expect([...(await readFolder(folder)).sizes.keys()]).toEqual(['.streamlit/secrets.toml', 'app.py']);
    execFileSync('git', ['init', '-q', folder]);
    execFileSync('git', ['-C', folder, 'add', 'app.py']);
    expect([...(await readFolder(folder)).sizes.keys()]).toEqual(['app.py']);
  });

  it('are none where there is no folder', async () => {
    await expect(readFolder(join(folder, 'none'))).rejects.toMatchObject({ code: 'check.no_folder' });
  });
});

describe.skipIf(!LocalPython.find())('weir check (needs python3 of 3.9 or newer on this machine)', () => {
  const check = async (...options: string[]) => {
    let out = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    await run(['check', folder, ...options]);
    vi.restoreAllMocks();
    return { out, code: process.exitCode };
  };

  it('ends with 0 where it only warns, and with 2 for a committed credential', async () => {
    write('app.py', 'import pandas as pd\nimport streamlit as st\nst.dataframe(pd.read_csv("a.csv"))\n');
    expect(await check('--json')).toMatchObject({ code: 0, out: expect.stringContaining('"line":3') });
    write('.env', `TOKEN=ghp_${'kQ7xWm2ZpR9tLc4VfNb8YhJd3GsTq6KzXvPw'}\n`);
    expect(await check()).toMatchObject({ code: 2, out: expect.stringContaining('.env:1') });
  });

  it('writes a SARIF log that names each place', async () => {
    write('a folder/app.py', 'import streamlit as st\nfrom urllib.request import urlopen\nst.write(urlopen("https://example.org").status)\n');
    const { out } = await check('--sarif');
    const [result] = JSON.parse(out).runs;
    expect(result.results).toMatchObject([{ ruleId: 'uncached_load' }, { ruleId: 'no_timeout', locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20folder/app.py' }, region: { startLine: 3 } } }] }]);
    for (const { ruleId, ruleIndex } of result.results) expect(result.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });
});
