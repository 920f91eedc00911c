import type { Browser, Locator, Page } from 'playwright-core';

/** Cold imports of pandas and a first run, on a busy machine. */
const FIRST_RUN_MS = 60_000;

/** How chromium ends requests when an address of this machine comes or goes, as those of Docker's networks do. */
export const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';

/** Opens an address, again if parts of the page were broken off by this machine: without its modules a page stays blank. */
export async function load(tab: Page, url: string): Promise<void> {
  let brokenOff = true;
  tab.on('requestfailed', (request) => {
    brokenOff ||= request.failure()?.errorText === NETWORK_CHANGED;
  });
  while (brokenOff) {
    brokenOff = false;
    await tab.goto(url).catch((error: unknown) => {
      if (!brokenOff) throw error;
    });
  }
}

/** A tab with a Streamlit app in it. */
export class AppPage {
  private constructor(readonly tab: Page) {}

  /** Opens an app in a browser profile of its own, and waits until the app itself shows `text`. */
  static async open(browser: Browser, url: string, text: string): Promise<AppPage> {
    const tab = await browser.newPage();
    await load(tab, url);
    return AppPage.of(tab, text);
  }

  /** A tab that is open already. */
  static async of(tab: Page, text: string): Promise<AppPage> {
    const page = new AppPage(tab);
    const seen = page.app.getByText(text).filter({ visible: true }).first();
    await seen.waitFor({ timeout: FIRST_RUN_MS }).catch(async (error: unknown) => {
      throw new Error(`${tab.url()} does not show ${text}, but: ${await tab.locator('body').innerText()}`, { cause: error });
    });
    return page;
  }

  get app(): Locator {
    return this.tab.getByTestId('stApp');
  }

  async click(button: string): Promise<void> {
    await this.app.getByRole('button', { name: button }).first().click();
  }

  /** The value that `st.metric` shows under a label. */
  async metric(label: string): Promise<string> {
    return (await this.app.getByTestId('stMetric').filter({ hasText: label }).getByTestId('stMetricValue').innerText()).trim();
  }

  text(): Promise<string> {
    return this.app.innerText();
  }
}
