import type { AppView } from '@weir/contracts';
import type { Command } from 'commander';
import { arrive } from '../arrive.ts';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';

const DESCRIPTIONS = {
  stop: 'Stop an app until it is started again',
  start: 'Start a stopped app',
  reboot: 'Replace the running instances by fresh ones',
  wake: 'Wake an app that sleeps',
} as const;

type Operation = keyof typeof DESCRIPTIONS;

/** `stop`, `start`, `reboot` and `wake`: each waits until it is so. */
export const operateCommands = (): Command[] =>
  (['stop', 'start', 'reboot', 'wake'] as const).map((operation) => apiCommand(operation, DESCRIPTIONS[operation]).argument('<app>', 'id or hostname').action((app: string, options: CommonOptions) => operate(operation, app, options)));

async function operate(operation: Operation, reference: string, options: CommonOptions): Promise<void> {
  const session = openSession(options);
  const before = await session.client.call('apps.read', { params: { app: reference } });
  session.output.known['app'] = before.id;
  await session.client.call(`apps.${operation}`, { params: { app: before.id } });
  await arrive(session, before.id, arrived(operation, before));
}

/** Whether the app is where the operation wants it. A reboot has arrived when as many run as before, none of which ran before. */
function arrived(operation: Operation, before: AppView): (app: AppView) => boolean {
  if (operation === 'stop') return (app) => app.status === 'stopped';
  if (operation !== 'reboot') return (app) => app.status === 'live';
  const old = new Set(before.instances.map(runOf));
  return (app) => app.status === 'live' && app.instances.filter((one) => one.desired === 'running' && one.status === 'healthy' && !old.has(runOf(one))).length >= app.replicas;
}

const runOf = (one: AppView['instances'][number]): string => [one.id, one.restarts, one.startedAt].join(' ');
