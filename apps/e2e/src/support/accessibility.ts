import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const GRAVE = new Set<string | null | undefined>(['serious', 'critical']);

/** The rules that a theme can break; the rest holds for both if it holds for one. */
const COLOURS: RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** The page in both themes, as axe judges it: the grave faults, each with the element it was seen at. */
export async function graveFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await run(page, colorScheme === 'light' ? {} : COLOURS);
    for (const { id, impact, nodes } of violations) if (GRAVE.has(impact)) faults.push(...nodes.map(({ target }) => `${new URL(page.url()).pathname} (${colorScheme}): ${id} at ${target.join(' ')}`));
  }
  return faults;
}

async function run(page: Page, options: RunOptions): Promise<AxeResults> {
  // As a script of the page's own it would be refused by the page's policy.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate((chosen) => (window as unknown as { axe: typeof axe }).axe.run(document, { ...chosen, resultTypes: ['violations'] }), options);
}
