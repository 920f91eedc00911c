import type { AppView } from '@weir/contracts';
import type { Metadata } from 'next';
import { callApi, readApi } from '#api/server.ts';
import { problemOf } from '#api/problem.ts';
import { AppList } from '#features/app/app-list.tsx';
import { NoApps } from '#features/app/no-apps.tsx';
import { ButtonLink } from '#ui/button.tsx';

export const metadata: Metadata = { title: 'Apps' };

export default async function AppsPage() {
  const apps = await allApps();
  return (
    <div className="flex flex-col gap-6">
      <div className="flex items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold tracking-tight">Apps</h1>
        {apps.length > 0 && (
          <ButtonLink look="primary" href="/new">
            New app
          </ButtonLink>
        )}
      </div>
      {apps.length > 0 ? <AppList apps={apps} /> : <NoApps examples={await examples()} />}
    </div>
  );
}

/** All of them: the list is searched in the browser. */
async function allApps(): Promise<AppView[]> {
  const apps: AppView[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await readApi('apps.list', { query: { limit: 100, ...(after !== undefined && { after }) } });
    apps.push(...page.items);
    after = page.next;
  }
  return apps;
}

/** The page stands without them. */
async function examples() {
  try {
    return (await callApi('examples.list', {})).items;
  } catch (error) {
    if (problemOf(error)) return [];
    throw error;
  }
}
