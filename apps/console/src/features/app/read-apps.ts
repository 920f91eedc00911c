import type { AppView } from '@weir/contracts';
import { readApi } from '#api/server.ts';

const MOST_AT_ONCE = 100;

/** All apps of the workspace, newest first. */
export async function readApps(): Promise<AppView[]> {
  const apps: AppView[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await readApi('apps.list', { query: { limit: MOST_AT_ONCE, ...(after !== undefined && { after }) } });
    apps.push(...page.items);
    after = page.next;
  }
  return apps;
}
