import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPage } from './support/app-page.ts';
import { openBrowser } from './support/browser.ts';
import { installation } from './support/shared.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Deploys an example with one command, which names the app after it; gives its address. */
const deploy = async (name: string, ...options: string[]): Promise<string> => (await installation.deploy(`examples/${name}`, ...options)).url;

describe('the example', () => {
  it('hello counts for each tab by itself', async () => {
    const url = await deploy('hello');
    expect(new URL(url).host).toBe(`hello.${installation.up.appsDomain}`);
    const [first, second] = await Promise.all([AppPage.open(browser, url, 'Hello from Weir'), AppPage.open(browser, url, 'Hello from Weir')]);
    await first.click('Click me');
    await expect.poll(() => first.metric('Your clicks')).toBe('1');
    await first.click('Click me');
    await expect.poll(() => first.metric('Your clicks')).toBe('2');
    await second.click('Click me');
    await expect.poll(() => second.metric('Your clicks')).toBe('1');
  });

  it('dashboard draws its data, narrows it on a click, and has more pages', async () => {
    const page = await AppPage.open(browser, await deploy('dashboard'), 'Seattle weather');
    await page.app.getByText('Temperature by month').waitFor();
    expect(await page.metric('Days')).toBe('1,461');
    await page.click('Remove 2012');
    await expect.poll(() => page.metric('Days')).toBe('1,095');
    await page.app.getByRole('link', { name: 'Compare years' }).click();
    await page.app.getByRole('heading', { name: 'Compare years' }).waitFor();
  });

  it('explore takes an upload, which the next visitor does not see', async () => {
    const url = await deploy('explore');
    const page = await AppPage.open(browser, url, 'Nothing is uploaded yet');
    await expect.poll(() => page.text()).toContain('penguins.csv: 344 rows');
    const file = join(mkdtempSync(join(tmpdir(), 'weir-upload-')), 'rivers.csv');
    writeFileSync(file, 'river,km\nElbe,1094\nWeser,452\nOder,866\n');
    await page.tab.locator('input[type=file]').setInputFiles(file);
    await expect.poll(() => page.text()).toContain('rivers.csv: 3 rows, 2 columns');
    const columns = page.app.getByRole('tab', { name: 'Columns' });
    await expect.poll(() => columns.count()).toBe(1); // those of the run before are gone
    await columns.click();
    await page.app.getByRole('tabpanel').getByTestId('stDataFrame').first().waitFor();

    const other = await AppPage.open(browser, url, 'Nothing is uploaded yet');
    await expect.poll(() => other.text()).toContain('penguins.csv: 344 rows');
    expect(await other.app.innerText()).not.toContain('rivers.csv');
  });

  it('sqlite-notes reads its secrets, and shares what one visitor wrote', async () => {
    const secrets = join(mkdtempSync(join(tmpdir(), 'weir-secrets-')), 'secrets.toml');
    writeFileSync(secrets, '[notebook]\ntitle = "The e2e notebook"\npassword = "let me in"\n');
    const url = await deploy('sqlite-notes', '--secrets', secrets);
    const page = await AppPage.open(browser, url, 'The e2e notebook');
    await expect.poll(() => page.text()).toContain('No notes yet');
    await page.app.getByRole('textbox', { name: 'A note' }).fill('Buy milk');
    await page.app.getByRole('textbox', { name: 'Password' }).fill('let me in');
    await page.click('Add');
    await expect.poll(() => page.text()).toContain('Added.');
    const other = await AppPage.open(browser, url, 'The e2e notebook');
    await expect.poll(() => other.text()).toContain('Buy milk');
  });
});
