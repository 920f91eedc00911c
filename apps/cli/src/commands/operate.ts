import type { AppView } from '@weir/contracts';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { waitForApp } from '../wait-for-app.ts';

type Operation = 'stop' | 'start' | 'reboot';

const DESCRIPTIONS: Record<Operation, string> = {
  stop: 'Stop an app until it is started again',
  start: 'Start a stopped app',
  reboot: 'Replace the running instance by a fresh one',
};

/** `stop`, `start` and `reboot`: each waits until it is so. */
export const operateCommands = (): Command[] =>
  (['stop', 'start', 'reboot'] as const).map((operation) => apiCommand(operation, DESCRIPTIONS[operation]).argument('<app>', 'id or hostname').action((app: string, options: CommonOptions) => operate(operation, app, options)));

async function operate(operation: Operation, reference: string, options: CommonOptions): Promise<void> {
  const { client, patientClient, output } = openSession(options);
  const before = await client.call('apps.read', { params: { app: reference } });
  output.known['app'] = before.id;
  await client.call(`apps.${operation}`, { params: { app: before.id } });
  const app = await waitForApp(patientClient, before.id, arrived(operation, before));
  const isDone = arrived(operation, before)(app);
  output.result({ app: app.id, status: isDone ? app.status : 'failed' }, () => (isDone ? `${app.hostname} is ${app.status}.` : `${app.hostname} is still ${app.status}${app.statusReason ? `: ${app.statusReason}` : ''}.`));
  process.exitCode = isDone ? 0 : 1;
}

/** Whether the app is where the operation wants it. A reboot has arrived when something runs that did not run before. */
function arrived(operation: Operation, before: AppView): (app: AppView) => boolean {
  if (operation === 'stop') return (app) => app.status === 'stopped';
  if (operation === 'start') return (app) => app.status === 'live';
  const old = new Set(before.instances.map(runOf));
  return (app) => app.status === 'live' && app.instances.some((one) => one.desired === 'running' && one.status === 'healthy' && !old.has(runOf(one)));
}

const runOf = (one: AppView['instances'][number]): string => [one.id, one.restarts, one.startedAt].join(' ');
