import { readApi } from '#api/server.ts';
import { AppOverview } from '#features/app/app-overview.tsx';
import { readApp } from '#features/app/read-app.ts';

export default async function OverviewPage({ params }: PageProps<'/apps/[app]'>) {
  const { app: name } = await params;
  const [app, { items }] = await Promise.all([readApp(name), readApi('deployments.list', { params: { app: name }, query: { limit: 20 } })]);
  return <AppOverview app={app} deployments={items} />;
}
