import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graveFaults } from './support/accessibility.ts';
import { load, NETWORK_CHANGED } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import { consolePage, signedIn, sticksOut } from './support/console.ts';
import type { DeployResult } from './support/documents.ts';
import { WorkTree } from './support/git.ts';
import { shoot } from './support/screenshots.ts';
import { installation, publish } from './support/shared.ts';

const BUILD_MS = 120_000;
const APP = "import streamlit as st\n\nst.title('Gauges')\n";
const STREAMLIT = 'streamlit>=1.40,<2\n';
/** A package in the repository that runs on one Python only, and not on the one that is set: a build whose Python is left open would go on with it. */
const GAUGE = '[project]\nname = "gauge"\nversion = "1.0"\nrequires-python = ">=3.13,<3.14"\n\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';
/** Of the form of a real one, and none. */
const KEY = `AKIA${'QYLPMN5HHHFPZAM2'}`;

let browser: Browser;
let page: Page;
const faults: string[] = [];
beforeAll(async () => {
  browser = await openBrowser();
  page = await signedIn(browser, { viewport: { width: 1280, height: 800 } });
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
  page.on('pageerror', ({ message }) => void faults.push(message));
});
afterAll(() => browser?.close());

/** Deploys a repository of the Git host; it is expected to fail. */
async function failing(hostname: string, files: Readonly<Record<string, string>>, message: string, ...settings: readonly string[]): Promise<DeployResult> {
  const url = await publish(await WorkTree.create({ 'streamlit_app.py': APP, 'requirements.txt': STREAMLIT, ...files }, message), hostname);
  const { json, stderr } = await installation.weir('deploy', url, '--hostname', hostname, '--json', ...settings);
  expect(json, stderr).toMatchObject({ status: 'failed' });
  return json as DeployResult;
}

/** The page of the app's newest deployment, once it is another than `before`. */
async function nextDeployment(app: string, before: string): Promise<string> {
  await page.waitForURL((url) => url.pathname.startsWith(`/apps/${app}/deployments/dep_`) && !url.pathname.endsWith(before));
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

describe('a failed deployment, in the console', () => {
  it('for a Python that does not suit is mended by a button, which sets the Python and deploys', async () => {
    const { deployment, failure } = await failing('river-gauges', { 'requirements.txt': `${STREAMLIT}./gauge\n`, 'gauge/pyproject.toml': GAUGE, 'gauge/gauge.py': '' }, 'Read the gauges of the Elbe', '--python', '3.11');
    expect(failure).toMatchObject({ code: 'build.python_mismatch' });

    await load(page, consolePage('/apps/river-gauges'));
    const alert = page.getByRole('alert').filter({ hasText: 'needs Python' });
    await alert.waitFor();
    expect(await sticksOut(page)).toBe(0);
    await shoot(page, 'failed');
    await alert.getByRole('button', { name: 'Set Python 3.13 and deploy again' }).click();
    const next = await nextDeployment('river-gauges', deployment);
    expect(await installation.json('app', 'river-gauges')).toMatchObject({ python: '3.13' });
    await page.getByRole('region', { name: 'Build plan' }).getByText('3.13', { exact: true }).waitFor({ timeout: BUILD_MS });

    // Whether it is made first or here already: it is the next deployment that takes it, and that can be cancelled.
    await page.getByRole('button', { name: 'Cancel deployment' }).click();
    await page.locator('output').getByText('Cancelled', { exact: true }).first().waitFor({ timeout: BUILD_MS });
    expect(JSON.parse((await installation.api(`/v1/deployments/${next}`)).text)).toMatchObject({ status: 'cancelled', plan: { python: '3.13' } });
  });

  it('for a committed credential goes live by “Deploy anyway”, and the audit page says so', async () => {
    const { deployment, failure } = await failing('churn-model', { 'streamlit_app.py': `${APP}KEY = '${KEY}'\n` }, 'Score customers');
    expect(failure).toMatchObject({ code: 'secret.committed' });

    await load(page, consolePage(`/apps/churn-model/deployments/${deployment}`));
    expect(await graveFaults(page)).toEqual([]);
    expect(await page.getByRole('main').innerText()).not.toContain(KEY);
    await page.getByRole('button', { name: 'Deploy anyway' }).click();
    await nextDeployment('churn-model', deployment);
    await page.getByRole('link', { name: 'Open app' }).waitFor({ timeout: BUILD_MS });
    expect(await installation.json('app', 'churn-model')).toMatchObject({ status: 'live' });
    await page.getByText('Installed packages').click();
    await page.getByRole('list', { name: 'Installed packages' }).getByText('streamlit', { exact: true }).waitFor();

    await load(page, consolePage('/audit'));
    const event = page.getByRole('listitem').filter({ hasText: 'though a credential is committed' }).first();
    await event.getByRole('button', { name: 'The event as it is recorded' }).click();
    await event.getByText('"action": "deployment.create"').waitFor();
    await shoot(page, 'audit');
  });
});

describe('every page of the console', () => {
  const PAGES = ['/', '/new', '/new?example=hello', '/audit', '/apps/churn-model', '/apps/churn-model/deployments', '/apps/churn-model/logs', '/apps/churn-model/secrets', '/apps/churn-model/settings', '/apps/river-gauges', '/no-such-page'];

  it.each(PAGES)('%s is without grave faults of accessibility, by day and by night, and fits a phone', async (path) => {
    await load(page, consolePage(path));
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await graveFaults(page)).toEqual([]);
    expect(await sticksOut(page)).toBe(0);
  });

  it('is reached and left by keyboard: the palette, and a question before something is lost', async () => {
    const live = page.waitForEvent('websocket'); // keys are heard once the page's scripts run, which begin with this
    await load(page, consolePage('/'));
    await live;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to an app or page' }).fill('churn settings');
    await page.getByRole('option', { name: /churn-model/ }).first().waitFor();
    expect(await graveFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/apps\/churn-model\/settings/);
    const remove = page.getByRole('button', { name: 'Delete app' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').getByRole('textbox').waitFor();
    expect(await graveFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => remove.evaluate((button) => document.activeElement === button)).toBe(true);
  });

  it('the sign-in page too', async () => {
    const stranger = await browser.newPage();
    await load(stranger, consolePage('/sign-in'));
    expect(await graveFaults(stranger)).toEqual([]);
    await stranger.close();
  });

  it('has said no error to the browser’s console', () => {
    // The one page that is missing on purpose answers 404, which the browser notes, as it notes that Docker's networks come and go.
    expect(faults.filter((text) => !text.includes('404 (Not Found)') && !text.includes(NETWORK_CHANGED))).toEqual([]);
  });
});
