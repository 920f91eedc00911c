import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '@weir/api-client';
import type { AppView } from '@weir/contracts';

const WAIT_MS = 150_000;
const PAUSE_MS = 300;

/** The app once `isThere` says so, or as it is after 150 seconds. */
export async function waitForApp(client: ApiClient, app: string, isThere: (app: AppView) => boolean): Promise<AppView> {
  const giveUpAt = performance.now() + WAIT_MS;
  for (;;) {
    const view = await client.call('apps.read', { params: { app } });
    if (isThere(view) || performance.now() > giveUpAt) return view;
    await delay(PAUSE_MS);
  }
}
