import { Refusal } from '@weir/installation/refusal';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { sleepWords } from '../sleep-words.ts';
import { type Minutes, minutes, whole } from '../whole.ts';

interface SetOptions extends CommonOptions {
  readonly freezeAfter?: Minutes;
  readonly stopAfter?: Minutes;
  readonly drain?: number;
}

export const setCommand = (): Command =>
  apiCommand('set', 'Change how an app is run, from now on')
    .argument('<app>', 'id or hostname')
    .option('--freeze-after <minutes>', 'freeze it when nobody used it for so long; or never', minutes)
    .option('--stop-after <minutes>', 'stop it when nobody used it for so long; or never', minutes)
    .option('--drain <seconds>', 'how long sessions of an old release may live on', whole)
    .action(set);

const orNull = (value: Minutes): number | null => (value === 'never' ? null : value);

async function set(reference: string, { freezeAfter, stopAfter, drain, ...options }: SetOptions): Promise<void> {
  const { client, output } = openSession(options);
  const sleep = { ...(freezeAfter !== undefined && { freezeAfterMinutes: orNull(freezeAfter) }), ...(stopAfter !== undefined && { stopAfterMinutes: orNull(stopAfter) }) };
  const body = { ...(Object.keys(sleep).length > 0 && { sleep }), ...(drain !== undefined && { drainSeconds: drain }) };
  if (Object.keys(body).length === 0) throw new Refusal('cli.usage', 'Say what to set: --freeze-after, --stop-after or --drain.');
  const app = await client.call('apps.update', { params: { app: reference }, body });
  output.result({ app: app.id, status: app.status, sleep: app.sleep, drainSeconds: app.drainSeconds }, () => `${app.hostname}: ${sleepWords(app.sleep)}; sessions of an old release live on for at most ${app.drainSeconds} s.`);
}
