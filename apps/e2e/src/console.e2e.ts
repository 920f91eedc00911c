import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPage } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import { consolePage, signedIn, sticksOut } from './support/console.ts';
import { WorkTree } from './support/git.ts';
import { shoot } from './support/screenshots.ts';
import { installation, publish } from './support/shared.ts';

const BUILD_MS = 180_000;
const START_MS = 60_000;

const REPORT = `import matplotlib.pyplot as plt
import pandas as pd
import streamlit as st

st.set_page_config(page_title="River report")
rivers = pd.DataFrame({"river": ["Rhine", "Elbe", "Weser"], "km": [1233, 1094, 452]})

st.title("River report")
longest = st.checkbox("Only the longest")
shown = rivers.nlargest(1, "km") if longest else rivers
st.metric("Rivers", len(shown))
figure, axes = plt.subplots(figsize=(6, 2))
axes.barh(shown["river"], shown["km"])
st.pyplot(figure)
`;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await signedIn(browser, { viewport: { width: 1280, height: 800 } });
});
afterAll(() => browser?.close());

describe('in the console', () => {
  it('a repository of a Git host becomes a live app that is used in the browser', async () => {
    const tree = await WorkTree.create({ 'report.py': REPORT, 'helpers.py': 'KM = 1.609\n', 'requirements.txt': 'streamlit\npandas\nmatplotlib\n' }, 'Compare rivers by length');
    await tree.git('branch', 'drafts');
    const url = await publish(tree, 'river-report');

    await page.goto(consolePage('/new'));
    await page.getByRole('textbox', { name: 'Repository' }).fill(url);
    await page.getByText('Branch and entry file are filled in below').waitFor();
    expect(await page.getByRole('combobox', { name: 'Branch' }).inputValue()).toBe('main');
    expect(await page.getByRole('combobox', { name: 'Entry file' }).inputValue()).toBe('report.py');
    expect(await page.getByRole('complementary', { name: 'Build plan' }).innerText()).toContain('requirements.txt');
    const address = page.getByRole('textbox', { name: 'Address' });
    await expect.poll(() => address.inputValue()).toBe('river-report');
    await page.getByText('Available').waitFor();
    await shoot(page, 'new-app');
    await page.getByRole('button', { name: 'Deploy app' }).click();

    const log = page.getByRole('log', { name: 'Build log' });
    await expect.poll(() => log.innerText(), { timeout: BUILD_MS }).toContain('requirements.txt');
    await expect.poll(() => log.innerText(), { timeout: BUILD_MS }).toContain('matplotlib');
    await shoot(page, 'deployment-log');
    const open = page.getByRole('link', { name: 'Open app' });
    await open.waitFor({ timeout: BUILD_MS });
    await shoot(page, 'deployment');
    await shoot(page, 'deployment-dark', { dark: true });

    const opened = page.waitForEvent('popup');
    await open.click();
    const app = await AppPage.of(await opened, 'River report');
    expect(await app.metric('Rivers')).toBe('3');
    await app.app.getByText('Only the longest').click();
    await expect.poll(() => app.metric('Rivers')).toBe('1');
    await app.app.getByRole('img').first().waitFor();
    await expect.poll(() => app.app.getAttribute('data-test-script-state')).toBe('notRunning');
    await shoot(app.tab, 'app');
  });

  it('its pages show it, by day, by night and on a phone', async () => {
    await page.goto(consolePage('/'));
    await page.getByRole('link', { name: 'river-report' }).first().waitFor();
    await shoot(page, 'apps');
    await shoot(page, 'apps-dark', { dark: true });
    await shoot(page, 'apps-phone', { width: 390, height: 844 });
    for (const [path, text] of [['', 'Live'], ['/deployments', 'Compare rivers'], ['/logs', 'server started'], ['/secrets', 'Save secrets'], ['/settings', 'Delete']] as const) {
      await page.goto(consolePage(`/apps/river-report${path}`));
      await page.getByText(text).filter({ visible: true }).first().waitFor();
      await shoot(page, `app-${path.slice(1) || 'overview'}`);
      if (path === '') await shoot(page, 'app-overview-phone', { width: 390, height: 844, dark: true });
      expect(await sticksOut(page)).toBe(0);
    }
  });

  it('an app is scaled, frozen, and woken by a visit, and the page follows', async () => {
    await page.goto(consolePage('/apps/river-report'));
    await page.getByRole('button', { name: 'Scale', exact: true }).click();
    await page.getByRole('button', { name: 'One instance more' }).click();
    await page.getByRole('button', { name: 'Scale to 2 instances' }).click();
    await page.getByText('2, all healthy').waitFor({ timeout: START_MS });
    await shoot(page, 'app-instances');
    await page.getByRole('button', { name: 'Sleep', exact: true }).click();
    await page.getByRole('button', { name: 'Freeze until a visit' }).click();
    await page.getByText('2, all frozen').waitFor();
    await shoot(page, 'app-asleep');

    const { url } = await installation.json<{ url: string }>('app', 'river-report');
    const visitor = await AppPage.open(browser, url, 'River report');
    await page.getByText('2, all healthy').waitFor();
    expect(await visitor.metric('Rivers')).toBe('3');

    // What would end sessions is asked first, and can be left.
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const question = page.getByRole('alertdialog', { name: 'Stop river-report' });
    expect(await question.innerText()).toMatch(/\d+ sessions? (is|are) open and will end/);
    await question.getByRole('button', { name: 'Keep it running' }).click();
    await question.waitFor({ state: 'hidden' });
    await page.getByText('2, all healthy').waitFor();
    await visitor.tab.close();
  });

  it('an app is deleted once its name is typed, and not before', async () => {
    await page.goto(consolePage('/apps/river-report/settings'));
    await page.getByRole('button', { name: /^Delete/ }).first().click();
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    const confirm = dialog.getByRole('button', { name: /^Delete/ });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('river-report');
    await confirm.click();
    await page.getByRole('heading', { name: 'Apps', level: 1 }).waitFor();
    await expect.poll(async () => (await installation.json<{ hostname: string }[]>('apps')).map(({ hostname }) => hostname)).not.toContain('river-report');
  });
});
