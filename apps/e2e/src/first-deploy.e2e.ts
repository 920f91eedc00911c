import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from './support/browser.ts';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { Installation } from './support/weir.ts';

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

describe('a broken push', () => {
  it('fails with the line to mend, while the release before it keeps serving', async () => {
    const tree = await WorkTree.create({ 'streamlit_app.py': "import streamlit as st\nst.title('One')\n", 'requirements.txt': 'streamlit\n' });
    const first = await installation.json<DeployResult>('deploy', tree.folder, '--hostname', 'broken');
    expect(first.status).toBe('live');
    await tree.commit({ 'streamlit_app.py': 'import streamlit as st\nst.title("Two"\n' }, 'Break');
    const second = await installation.weir('deploy', tree.folder, '--hostname', 'broken', '--json');
    expect(second.code).toBe(1);
    expect(second.json).toMatchObject({ app: first.app, status: 'failed', failure: { code: 'app.syntax_error' } });
    const answer = await fetch(installation.up.gatewayUrl, { headers: { host: new URL(first.url).host } }).catch(() => undefined);
    expect(answer).toBeDefined();
  });
});
