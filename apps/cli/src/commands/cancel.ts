import { isId } from '@weir/domain';
import { Refusal } from '@weir/installation/refusal';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';

export const cancelCommand = (): Command => apiCommand('cancel', 'Cancel a deployment that is not live yet').argument('<deployment>', "a deployment's id").action(cancel);

async function cancel(deployment: string, options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  if (!isId('deployment', deployment)) throw new Refusal('deployment.not_found', 'A deployment is named by its id: weir deployments APP lists them.');
  const view = await client.call('deployments.cancel', { params: { deployment } });
  output.result({ app: view.app, deployment: view.id, status: view.status }, () => `Deployment ${view.number}: ${view.status}`);
}
