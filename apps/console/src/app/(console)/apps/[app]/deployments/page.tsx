import type { Metadata } from 'next';
import { readApi } from '#api/server.ts';
import { readApp } from '#features/app/read-app.ts';
import { DeploymentList } from '#features/deployments/deployment-list.tsx';

export const metadata: Metadata = { title: 'Deployments' };

export default async function DeploymentsPage({ params, searchParams }: PageProps<'/apps/[app]/deployments'>) {
  const [{ app: name }, { after }] = await Promise.all([params, searchParams]);
  const older = typeof after === 'string' ? after : undefined;
  const [app, page] = await Promise.all([readApp(name), readApi('deployments.list', { params: { app: name }, query: { limit: 30, ...(older !== undefined && { after: older }) } })]);
  return <DeploymentList app={app} deployments={page.items} next={page.next} newest={older === undefined} />;
}
