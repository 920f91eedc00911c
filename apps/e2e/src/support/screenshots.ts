import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './weir.ts';

const FOLDER = join(root, 'docs', 'screenshots');

/** With `WEIR_SCREENSHOTS` set, the pictures of the documentation are taken anew on the way; otherwise nothing happens. */
export async function shoot(page: Page, name: string, { dark = false, width = 1280, height = 800 } = {}): Promise<void> {
  if (!process.env['WEIR_SCREENSHOTS']) return;
  mkdirSync(FOLDER, { recursive: true });
  const before = page.viewportSize();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}
