import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Docker } from '../src/support/docker.ts';
import { WorkTree } from '../src/support/git.ts';
import { StreamlitClient } from '../src/support/streamlit-client.ts';
import { visit } from '../src/support/visit.ts';
import { Installation, root } from '../src/support/weir.ts';

interface Python {
  readonly version: string;
  readonly state: 'ready' | 'preparing' | 'on-first-need' | 'unavailable';
  readonly from: string | null;
  readonly reason: string | null;
  readonly sizeBytes: number | null;
}

/** Says what it runs on, and needs a program of Debian. */
const APP = `import platform
import shutil
import subprocess

import streamlit as st

st.text(f"Python {platform.python_version()}, libc {platform.libc_ver()[1]}")
st.text(subprocess.run([shutil.which("rhash") or "none", "--version"], capture_output=True, text=True).stdout)
`;
const OLDEST = { version: '1.12.0', also: ['altair<5', 'tornado<6.5'] };

let installation: Installation;
let offered: readonly Python[];
const list = () => installation.json<Python[]>('python', 'list');
/** For all of them, one after the other. */
const LIMIT_MS = 30 * 60_000;

beforeAll(async () => {
  installation = await Installation.start();
  offered = (await list()).filter(({ state }) => state !== 'unavailable');
});
afterAll(async () => {
  if (installation && existsSync(installation.dataDir)) await installation.destroy(); // unless the last test has done so
});

describe('the Pythons of an installation', () => {
  it('are listed with where they are from, or with the reason why they cannot be had', async () => {
    for (const { version, state, from, reason } of await list()) expect([version, state === 'unavailable' ? reason : from]).toEqual([version, expect.stringMatching(/./)]);
    expect(await list()).toContainEqual(expect.objectContaining({ version: '3.11', state: 'ready', isDefault: true }));
  });

  it('that cannot be had are refused before anything happens', async () => {
    expect(await installation.weir('python', 'add', '3.8', '--json')).toMatchObject({ code: 2, json: { code: 'app.python_unavailable' } });
  });

  it('are each made on first need, by the deployment that needs it, and run the newest Streamlit and a package of their own Debian', async () => {
    for (const { version } of offered) {
      const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit\n', 'packages.txt': 'rhash\n' });
      const name = `python-${version.replace('.', '-')}`;
      const first = await installation.weir('deploy', tree.folder, '--hostname', name, '--python', version, '--json');
      expect(first, first.stderr).toMatchObject({ code: 0, json: { status: 'live' } });
      const { url } = first.json as { url: string };
      const tab = await StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: url });
      expect(tab.text()).toContain(`Python ${version}.`);
      expect(tab.text()).toContain('RHash');
      await tab.close();
      expect(await list()).toContainEqual(expect.objectContaining({ version, state: 'ready', sizeBytes: expect.any(Number) }));
      await installation.weir('stop', name, '--json');
    }
  }, LIMIT_MS);

  it('open the hello example, each', async () => {
    for (const { version } of offered) {
      const name = `hello-${version.replace('.', '-')}`;
      const { url } = await installation.deploy(join(root, 'examples', 'hello'), '--hostname', name, '--python', version);
      expect((await visit(installation.up, url, '/')).status).toBe(200);
      await installation.weir('stop', name, '--json');
    }
  }, LIMIT_MS);

  it('run an old Streamlit where they are old enough for it', async (context) => {
    if (!offered.some(({ version }) => version === '3.9')) return context.skip();
    const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': [`streamlit==${OLDEST.version}`, ...OLDEST.also, ''].join('\n') });
    const { url } = await installation.deploy(tree.folder, '--hostname', 'oldest', '--python', '3.9');
    const tab = await StreamlitClient.open({ gatewayUrl: installation.up.gatewayUrl, appUrl: url, version: OLDEST.version });
    expect(tab.text()).toContain('Python 3.9.');
    await tab.close();
  });

  it('are made ahead by a person who asks, with each step told', async () => {
    const added = await installation.weir('python', 'add', offered.at(-1)?.version ?? '3.11');
    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('is ready') });
  });
});

describe('down --destroy', () => {
  it('leaves no Python of the installation', async () => {
    const docker = new Docker(installation);
    await installation.destroy();
    expect(await docker.named()).toEqual([]);
  });
});
