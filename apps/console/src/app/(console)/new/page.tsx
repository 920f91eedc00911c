import type { Metadata } from 'next';
import { readApi } from '#api/server.ts';
import { readMe } from '#features/identity/read-me.ts';
import { ExampleCards } from '#features/new-app/example-cards.tsx';
import { NewAppForm } from '#features/new-app/new-app-form.tsx';
import { readPythons } from '#features/pythons/read-pythons.ts';

export const metadata: Metadata = { title: 'New app' };

const text = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

export default async function NewAppPage({ searchParams }: PageProps<'/new'>) {
  const [me, { items: examples }, pythons, query] = await Promise.all([readMe(), readApi('examples.list', {}), readPythons(), searchParams]);
  const example = examples.find(({ name }) => name === query['example']) ?? null;
  const start = { repository: text(query['repository']), branch: text(query['branch']), entryFile: text(query['mainModule']) };
  return (
    <div className="flex flex-col gap-12">
      <div className="flex flex-col gap-6">
        <h1 className="text-2xl font-semibold tracking-tight">New app</h1>
        <NewAppForm key={JSON.stringify([start, example?.name])} start={start} example={example} appsDomain={me.installation.appsDomain} pythons={pythons} />
      </div>
      {!example && examples.length > 0 && (
        <section className="flex flex-col gap-3 border-t border-line pt-8">
          <h2 className="text-lg font-semibold">Start from an example</h2>
          <ExampleCards examples={examples} />
        </section>
      )}
    </div>
  );
}
