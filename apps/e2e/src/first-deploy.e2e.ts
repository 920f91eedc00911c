import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { statusesDuring } from './support/visit.ts';
import { execute, Installation } from './support/weir.ts';

let installation: Installation;
let browser: Browser;

beforeAll(async () => {
  installation = await Installation.start();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await installation?.destroy();
});

describe('an example', () => {
  it('is live after one command, and each tab has a session of its own', async () => {
    const deployed = await installation.json<DeployResult>('deploy', 'examples/hello');
    expect(deployed).toMatchObject({ status: 'live', hostname: 'hello', failure: null });
    const tabs = [await browser.newPage(), await browser.newPage()] as const;
    for (const tab of tabs) {
      await tab.goto(deployed.url);
      await tab.getByTestId('stApp').getByRole('textbox').first().waitFor({ timeout: 60_000 });
    }
    await tabs[0].getByRole('textbox').first().fill('Grace');
    await tabs[0].keyboard.press('Enter');
    await expect.poll(() => tabs[0].getByTestId('stApp').textContent(), { timeout: 20_000 }).toContain('Grace');
    expect(await tabs[1].getByTestId('stApp').textContent()).not.toContain('Grace');
  });
});

describe('a deploy of a folder', () => {
  const APP = "import streamlit as st\nst.title('One')\n";

  it('that is broken fails with the reason, while the release before it answers every request', async () => {
    const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit\n' });
    const deploy = () => installation.weir('deploy', tree.folder, '--hostname', 'broken', '--json');
    const first = (await deploy()).json as DeployResult;
    expect(first).toMatchObject({ status: 'live', failure: null });

    const seen = await statusesDuring(installation.up, first.url, async () => {
      await tree.commit({ 'streamlit_app.py': 'import streamlit as st\nst.title("Two"\n' }, 'A syntax error');
      expect(await deploy()).toMatchObject({ code: 1, json: { app: first.app, status: 'failed', failure: { code: 'app.syntax_error' } } });
      await tree.commit({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit\nno-such-package-of-weir\n' }, 'A missing package');
      expect(await deploy()).toMatchObject({ code: 1, json: { app: first.app, status: 'failed', failure: { code: 'build.package_not_found' } } });
    });
    expect(seen).toEqual([200]);
  });

  it('installs nothing when only the source changed', async () => {
    const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit\n' });
    const deploy = () => installation.json<DeployResult>('deploy', tree.folder, '--hostname', 'quick');
    await deploy();
    const commit = await tree.commit({ 'streamlit_app.py': APP.replace('One', 'Two') }, 'Two');
    const second = await deploy();
    expect(second).toMatchObject({ status: 'live', commit });
    expect(second.phases.environment).toBeLessThan(1000);
  });

  it('is refused with exit code 2 where there is no repository', async () => {
    const { code, json } = await installation.weir('deploy', mkdtempSync(join(tmpdir(), 'weir-plain-')), '--json');
    expect(code).toBe(2);
    expect(json).toMatchObject({ code: 'source.no_repository' });
  });
});

describe('a push', () => {
  it('streams the build log back and is live', async () => {
    const tree = await WorkTree.create({ 'streamlit_app.py': "import streamlit as st\nst.title('Pushed')\n", 'requirements.txt': 'streamlit\n' });
    const { app, url } = await installation.json<DeployResult>('deploy', tree.folder, '--hostname', 'pushed');
    await tree.commit({ 'streamlit_app.py': "import streamlit as st\nst.title('Pushed again')\n" }, 'Again');
    const remote = new URL(`${installation.up.gatewayUrl}/git/${app}.git`);
    remote.username = 'weir';
    remote.password = installation.up.token;
    const words = await tree.git('push', remote.href, 'main');
    expect(words).toContain(url.replace(/\/$/, ''));
    const [newest] = await installation.json<{ items: { reason: string; status: string }[] } | { reason: string; status: string }[]>('deployments', app).then((answer) => (Array.isArray(answer) ? answer : answer.items));
    expect(newest).toMatchObject({ reason: 'push', status: 'live' });
  });
});

describe('deleting an app', () => {
  it('leaves nothing of it in Docker', async () => {
    const { app } = await installation.json<DeployResult>('deploy', 'examples/hello', '--hostname', 'short-lived');
    const labelled = async () => (await execute('docker', ['ps', '--all', '--quiet', '--filter', `label=weir.app=${app}`])).stdout + (await execute('docker', ['network', 'ls', '--quiet', '--filter', `label=weir.app=${app}`])).stdout;
    expect(await labelled()).not.toBe('');
    expect((await installation.weir('delete', app, '--yes')).code).toBe(0);
    await expect.poll(labelled, { timeout: 60_000, interval: 500 }).toBe('');
  });
});
