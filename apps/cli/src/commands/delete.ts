import { createInterface } from 'node:readline/promises';
import { Refusal } from '@weir/installation/refusal';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';

interface DeleteOptions extends CommonOptions {
  readonly yes?: boolean;
}

export const deleteCommand = (): Command => apiCommand('delete', 'Delete an app with its releases, logs and secrets').argument('<app>', 'id or hostname').option('--yes', 'do not ask').action(deleteApp);

async function deleteApp(reference: string, options: DeleteOptions): Promise<void> {
  const { client, output } = openSession(options);
  if (!options.yes && !process.stdin.isTTY) throw new Refusal('delete.consent_needed', 'Without a terminal, an app is deleted only with --yes.');
  const app = await client.call('apps.read', { params: { app: reference } });
  output.known['app'] = app.id;
  if (!options.yes) await confirm(app.hostname);
  await client.call('apps.delete', { params: { app: app.id } });
  output.result({ app: app.id, status: 'deleted' }, () => `${app.hostname} is deleted.`);
}

async function confirm(hostname: string): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`This deletes ${hostname} with its releases, logs and secrets. Type its hostname to go on: `);
  terminal.close();
  if (answer.trim() !== hostname) throw new Refusal('delete.consent_needed', 'That is not the hostname: nothing was deleted.');
}
