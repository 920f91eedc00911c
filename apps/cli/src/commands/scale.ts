import type { AppView } from '@weir/contracts';
import type { Command } from 'commander';
import { arrive } from '../arrive.ts';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { whole } from '../whole.ts';

export const scaleCommand = (): Command =>
  apiCommand('scale', 'Run an app in so many instances')
    .argument('<app>', 'id or hostname')
    .argument('<replicas>', 'how many', whole)
    .action(scale);

async function scale(reference: string, replicas: number, options: CommonOptions): Promise<void> {
  const session = openSession(options);
  const { id } = await session.client.call('apps.update', { params: { app: reference }, body: { replicas } });
  session.output.known['app'] = id;
  await arrive(session, id, isScaled, (app) => ({ replicas: app.replicas, serving: serving(app).length }));
}

const wanted = (app: AppView) => app.instances.filter((one) => one.desired === 'running' && one.release === app.release?.id);
const serving = (app: AppView) => wanted(app).filter(({ status }) => status === 'healthy');

/** One that does not run now gets its instances when it does. */
const isScaled = (app: AppView): boolean => (app.status !== 'live' && app.status !== 'starting') || (serving(app).length === app.replicas && wanted(app).length === app.replicas);
