import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { installation } from './shared.ts';

/** A browser profile that followed a sign-in link: its page shows the list of apps. */
export async function signedIn(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const { signInUrl } = await installation.json<{ signInUrl: string }>('signin-link');
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(signInUrl);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Apps', level: 1 }).waitFor();
  return page;
}

const PHONE = { width: 390, height: 844 };

/** How many pixels of the page stick out on a phone, which has no room to scroll sideways. */
export async function sticksOut(page: Page): Promise<number> {
  const before = page.viewportSize() ?? PHONE;
  await page.setViewportSize(PHONE);
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.setViewportSize(before);
  return pixels;
}

/** A page of the console. */
export const consolePage = (path: string): string => new URL(path, installation.up.consoleUrl).href;
