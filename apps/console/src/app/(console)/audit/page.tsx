import type { Metadata } from 'next';
import { readApi } from '#api/server.ts';
import { readApps } from '#features/app/read-apps.ts';
import { AuditList } from '#features/audit/audit-list.tsx';
import { ButtonLink } from '#ui/button.tsx';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage({ searchParams }: PageProps<'/audit'>) {
  const { after } = await searchParams;
  const older = typeof after === 'string';
  const [{ items, next }, apps] = await Promise.all([readApi('audit.list', { query: { limit: 50, ...(older && { after }) } }), readApps()]);
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">Audit</h1>
        <p className="max-w-[70ch] text-muted">Who changed what in this workspace, newest first. It is written with the change itself and never altered; secret values are not in it.</p>
      </div>
      {items.length === 0 ? <p className="card p-4 text-muted">Nothing older was recorded.</p> : <AuditList events={items} hostnames={new Map(apps.map(({ id, hostname }) => [id, hostname]))} />}
      <div className="flex gap-2">
        {older && <ButtonLink href="/audit">Newest</ButtonLink>}
        {next !== null && <ButtonLink href={`/audit?after=${encodeURIComponent(next)}`}>Older</ButtonLink>}
      </div>
    </div>
  );
}
