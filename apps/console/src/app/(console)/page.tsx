import type { Metadata } from 'next';
import { callApi } from '#api/server.ts';
import { problemOf } from '#api/problem.ts';
import { AppList } from '#features/app/app-list.tsx';
import { NoApps } from '#features/app/no-apps.tsx';
import { readApps } from '#features/app/read-apps.ts';
import { ButtonLink } from '#ui/button.tsx';

export const metadata: Metadata = { title: 'Apps' };

export default async function AppsPage() {
  const apps = await readApps();
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

/** The page stands without them. */
async function examples() {
  try {
    return (await callApi('examples.list', {})).items;
  } catch (error) {
    if (problemOf(error)) return [];
    throw error;
  }
}
