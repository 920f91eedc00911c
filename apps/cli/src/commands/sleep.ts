import type { AppView } from '@weir/contracts';
import { type Command, Option } from 'commander';
import { arrive } from '../arrive.ts';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';

type Depth = 'frozen' | 'stopped';

interface SleepOptions extends CommonOptions {
  readonly depth: Depth;
}

export const sleepCommand = (): Command =>
  apiCommand('sleep', 'Put an app to sleep; a visit wakes it')
    .argument('<app>', 'id or hostname')
    .addOption(new Option('--depth <depth>', 'frozen wakes at once, stopped gives its memory back').choices(['frozen', 'stopped']).default('frozen'))
    .action(sleep);

async function sleep(reference: string, options: SleepOptions): Promise<void> {
  const session = openSession(options);
  const { id } = await session.client.call('apps.read', { params: { app: reference } });
  session.output.known['app'] = id;
  await session.client.call('apps.sleep', { params: { app: id }, body: { depth: options.depth } });
  await arrive(session, id, isAsleep, ({ sleeping }) => ({ sleeping }));
}

/** What is to be frozen may run on for a moment. */
const isAsleep = (app: AppView): boolean => app.status === 'asleep' && app.instances.every((one) => one.desired !== 'frozen' || one.status === 'frozen');
