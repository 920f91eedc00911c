import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPage } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import { Docker } from './support/docker.ts';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { installation } from './support/shared.ts';
import { execute } from './support/weir.ts';

const APP = `import socket
import streamlit as st

st.title('On ' + socket.gethostname())
`;

let browser: Browser;
let live: DeployResult;
beforeAll(async () => {
  browser = await openBrowser();
  const tree = await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': 'streamlit>=1.40,<2\n' });
  live = await installation.deploy(tree.folder, '--hostname', 'tabs');
});
afterAll(() => browser?.close());

describe('a tab', () => {
  it('that lost a module while it loaded loads again by itself', async () => {
    const tab = await browser.newPage();
    let [documents, broken] = [0, 0];
    tab.on('request', (request) => (documents += Number(request.isNavigationRequest())));
    await tab.route(/\/static\/js\/index\..*\.js$/, (route) => (broken++ === 0 ? route.abort('connectionreset') : route.continue()));
    await tab.goto(live.url, { waitUntil: 'commit' });
    await AppPage.of(tab, 'On ');
    expect(documents).toBe(2);
    await tab.close();
  });

  it('whose app crashed runs again by itself once it is back', async () => {
    const page = await AppPage.open(browser, live.url, 'On ');
    const before = /On (\w+)/.exec(await page.text())?.[1] ?? '';
    const container = (await new Docker(installation).containers('instance')).find((id) => id.startsWith(before));
    expect((await execute('docker', ['kill', container ?? ''])).code).toBe(0);
    await expect.poll(async () => /On (\w+)/.exec(await page.text())?.[1], { timeout: 60_000 }).not.toBe(before);
  });
});
