import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPage } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import { consolePage, signedIn } from './support/console.ts';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { shoot } from './support/screenshots.ts';
import { installation } from './support/shared.ts';

const app = (edition: string): string => `import streamlit as st

st.title('${edition} edition')
st.write('key:', st.secrets['key'])
`;

interface Release {
  readonly number: number;
  readonly state: string;
}

let browser: Browser;
let tree: WorkTree;
let live: DeployResult;
beforeAll(async () => {
  browser = await openBrowser();
  tree = await WorkTree.create({ 'streamlit_app.py': app('First'), 'requirements.txt': 'streamlit>=1.40,<2\n' });
  live = await installation.deploy(tree.folder, '--hostname', 'returning', '--secrets', secrets('key = "one"'));
});
afterAll(() => browser?.close());

function secrets(toml: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'weir-secrets-')), 'secrets.toml');
  writeFileSync(file, toml);
  return file;
}

async function push(edition: string): Promise<void> {
  await tree.commit({ 'streamlit_app.py': app(edition) }, `${edition} edition`);
  const remote = new URL(`${installation.up.gatewayUrl}/git/${live.app}.git`);
  remote.username = 'weir';
  remote.password = installation.up.token;
  await tree.git('push', remote.href, 'main');
}

/** What a new visitor sees. */
async function visit(edition: string, key: string): Promise<void> {
  const page = await AppPage.open(browser, live.url, `${edition} edition`);
  await expect.poll(() => page.text()).toContain(`key: ${key}`);
  await page.tab.close();
}

const states = async () => Object.fromEntries((await installation.json<Release[]>('releases', 'returning')).map(({ number, state }) => [number, state]));

describe('a rollback', () => {
  it('says before what it changes: commits and secrets by name', async () => {
    await installation.weir('secrets', 'set', 'returning', '--file', secrets('key = "two"'));
    await push('Second');
    await visit('Second', 'two');
    const { stdout } = await installation.weir('rollback', 'returning', '--dry-run');
    expect(stdout).toContain('From release 2 to release 1');
    expect(stdout).toMatch(/undone +release 2, \w{12} Second edition/);
    expect(stdout).toMatch(/secret +key is changed/);
    expect(stdout).not.toContain('package ');
    expect(await states()).toEqual({ 1: 'kept', 2: 'live' });
  });

  it('brings the first release and its secrets back in seconds, and what is pushed then is deployed as ever', async () => {
    const began = performance.now();
    const back = await installation.json<DeployResult>('rollback', 'returning', '1');
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(back).toMatchObject({ status: 'live', release: live.release, commit: live.commit });
    expect(Object.keys(back.phases).toSorted()).toEqual(['healthy', 'routed', 'start']);
    await visit('First', 'one');
    expect(await states()).toEqual({ 1: 'live', 2: 'kept' });

    await push('Third');
    await visit('Third', 'one');
    expect(await states()).toEqual({ 1: 'kept', 2: 'kept', 3: 'live' });
  });

  it('is one click in the console, after a look at what changes', async () => {
    const page = await signedIn(browser);
    await page.goto(consolePage('/apps/returning/deployments'));
    await page.getByRole('button', { name: 'Roll back to release 2' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('gets its earlier value').waitFor();
    await expect.poll(() => dialog.innerText()).toContain('Third edition');
    await shoot(page, 'rollback');
    await shoot(page, 'rollback-phone', { dark: true, width: 390, height: 844 });
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await page.waitForURL(/\/deployments\/dep_/);
    await page.getByText('Rolled back to release 2').first().waitFor();
    await expect.poll(states, { timeout: 60_000 }).toEqual({ 1: 'kept', 2: 'live', 3: 'kept' });
    await expect.poll(() => page.locator('output').getByText('Live', { exact: true }).count()).toBe(2); // of the app all the time, and of this deployment now
    await shoot(page, 'rollback-deployment');
    await visit('Second', 'two');
  });

  it('to what is live is refused, and nothing changes', async () => {
    expect(await installation.weir('rollback', 'returning', '2', '--json')).toMatchObject({ code: 2, json: { code: 'release.live' } });
    expect(await states()).toEqual({ 1: 'kept', 2: 'live', 3: 'kept' });
  });

  it('tells what was installed for a release', async () => {
    const { stdout } = await installation.weir('releases', 'returning', '--lock', '1');
    expect(stdout).toMatch(/^streamlit==1\.\d+/m);
  });
});
