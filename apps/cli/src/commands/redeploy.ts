import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { finishDeploy } from '../deploy/finish-deploy.ts';

export const redeployCommand = (): Command => apiCommand('redeploy', "Build and start an app's newest commit again").argument('<app>', 'id or hostname').action(redeploy);

async function redeploy(reference: string, options: CommonOptions): Promise<void> {
  const session = openSession(options);
  const app = await session.client.call('apps.read', { params: { app: reference } });
  session.output.known['app'] = app.id;
  const deployment = await session.client.call('deployments.create', { params: { app: app.id }, body: { reason: 'redeploy' } });
  await finishDeploy(session, app, deployment, []);
}
