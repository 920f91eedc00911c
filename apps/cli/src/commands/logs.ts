import { streamLog } from '@weir/api-client';
import { isId } from '@weir/domain';
import { Refusal } from '@weir/installation/refusal';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { printable } from '../format.ts';
import { since } from '../since.ts';

interface LogsOptions extends CommonOptions {
  readonly build?: string | true;
  readonly follow?: boolean;
  readonly since?: string;
}

export const logsCommand = (): Command =>
  apiCommand('logs', "Print an app's log, or a build's")
    .argument('<app>', 'id or hostname')
    .option('--build [deployment]', 'the build log of this deployment, or of the newest')
    .option('--follow', 'go on with what is written from now on')
    .option('--since <time>', 'only what is newer: 10m, 2h, or a time')
    .action(logs);

async function logs(app: string, options: LogsOptions): Promise<void> {
  const { client, patientClient, output } = openSession(options);
  const deployment = typeof options.build === 'string' ? options.build : undefined;
  if (deployment !== undefined && !isId('deployment', deployment)) throw new Refusal('deployment.not_found', 'A deployment is named by its id: weir deployments APP lists them.');
  const from = options.since === undefined ? undefined : since(options.since, Date.now());
  const { id } = await client.call('apps.read', { params: { app } });
  const lines = streamLog(options.follow ? patientClient : client, id, {
    kind: options.build === undefined ? 'app' : 'build',
    follow: options.follow ?? false,
    ...(deployment ? { deployment } : {}),
    ...(from === undefined ? {} : { since: from }),
  });
  for await (const { at, stream, text } of lines) output.result({ at, stream, text }, () => `${at.slice(11, 19)}  ${printable(text)}`);
}
