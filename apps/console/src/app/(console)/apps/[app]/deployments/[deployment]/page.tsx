import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readApp } from '#features/app/read-app.ts';
import { DeploymentDetail } from '#features/deployments/deployment-detail.tsx';
import { readDeployment } from '#features/deployments/read-deployment.ts';

type Props = PageProps<'/apps/[app]/deployments/[deployment]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Deployment ${(await readDeployment((await params).deployment)).number}` };
}

export default async function DeploymentPage({ params }: Props) {
  const { app: name, deployment: id } = await params;
  const [app, deployment] = await Promise.all([readApp(name), readDeployment(id)]);
  if (deployment.app !== app.id) notFound();
  return <DeploymentDetail key={id} app={app} deployment={deployment} />;
}
