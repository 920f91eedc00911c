import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { isId } from '@weir/domain';
import { readApi } from '#api/server.ts';
import { readApp } from '#features/app/read-app.ts';
import { DeploymentDetail } from '#features/deployments/deployment-detail.tsx';

export const metadata: Metadata = { title: 'Deployment' };

export default async function DeploymentPage({ params }: PageProps<'/apps/[app]/deployments/[deployment]'>) {
  const { app: name, deployment: id } = await params;
  if (!isId('deployment', id)) notFound();
  const [app, deployment] = await Promise.all([readApp(name), readApi('deployments.read', { params: { deployment: id } })]);
  if (deployment.app !== app.id) notFound();
  return <DeploymentDetail key={id} app={app} deployment={deployment} />;
}
