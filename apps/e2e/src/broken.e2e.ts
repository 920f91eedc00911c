import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { installation } from './support/shared.ts';
import { statusesDuring } from './support/visit.ts';

describe('a deploy of a folder', () => {
  const APP = "import streamlit as st\nst.title('One')\n";

  it('that is broken fails with the reason, while the release before it answers every request', async () => {
    const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit>=1.40,<2\n' });
    const deploy = () => installation.weir('deploy', tree.folder, '--hostname', 'broken', '--json');
    const first = (await deploy()).json as DeployResult;
    expect(first).toMatchObject({ status: 'live', failure: null });

    const seen = await statusesDuring(installation.up, first.url, async () => {
      await tree.commit({ 'streamlit_app.py': 'import streamlit as st\nst.title("Two"\n' }, 'A syntax error');
      expect(await deploy()).toMatchObject({ code: 1, json: { app: first.app, status: 'failed', failure: { code: 'app.syntax_error' } } });
      await tree.commit({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit>=1.40,<2\nno-such-package-of-weir\n' }, 'A missing package');
      expect(await deploy()).toMatchObject({ code: 1, json: { app: first.app, status: 'failed', failure: { code: 'build.package_not_found' } } });
    });
    expect(seen).toEqual([200]);
  });

  it('is refused with exit code 2 where there is no repository', async () => {
    const { code, json } = await installation.weir('deploy', mkdtempSync(join(tmpdir(), 'weir-plain-')), '--json');
    expect(code).toBe(2);
    expect(json).toMatchObject({ code: 'source.no_repository' });
  });
});
