import { Refusal } from '@weir/installation/refusal';
import type { AppView, UpdateApp } from '@weir/contracts';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { sleepWords } from '../sleep-words.ts';
import { type Minutes, minutes, whole } from '../whole.ts';

interface SetOptions extends CommonOptions {
  readonly hostname?: string;
  readonly repository?: string;
  readonly branch?: string;
  readonly entry?: string;
  readonly python?: string;
  readonly memory?: number;
  readonly freezeAfter?: Minutes;
  readonly stopAfter?: Minutes;
  readonly drain?: number;
}

export const setCommand = (): Command =>
  apiCommand('set', "Change an app's settings: its hostname and how it is run at once, how it is built with the next deployment")
    .argument('<app>', 'id or hostname')
    .option('--hostname <name>', 'the first part of its address')
    .option('--repository <url>', 'the Git repository it is built from')
    .option('--branch <branch>', 'the branch; or default')
    .option('--entry <file>', 'the script to run; or default')
    .option('--python <version>', 'such as 3.11; or default')
    .option('--memory <MiB>', 'memory of an instance, from its next start on', whole)
    .option('--freeze-after <minutes>', 'freeze it when nobody used it for so long; or never', minutes)
    .option('--stop-after <minutes>', 'stop it when nobody used it for so long; or never', minutes)
    .option('--drain <seconds>', 'how long sessions of an old release may live on', whole)
    .action(set);

const minutesOrNull = (value: Minutes): number | null => (value === 'never' ? null : value);
const orNull = (value: string): string | null => (value === 'default' ? null : value);

/** What was given; what was not stays as it is. */
function changesOf({ hostname, repository, branch, entry, python, memory, freezeAfter, stopAfter, drain }: SetOptions, { source }: AppView): UpdateApp {
  const sleep = { ...(freezeAfter !== undefined && { freezeAfterMinutes: minutesOrNull(freezeAfter) }), ...(stopAfter !== undefined && { stopAfterMinutes: minutesOrNull(stopAfter) }) };
  return {
    ...(hostname !== undefined && { hostname }),
    ...(repository !== undefined && { source: { kind: 'git', url: repository, branch: source.branch, entryFile: source.entryFile } }),
    ...(branch !== undefined && { branch: orNull(branch) }),
    ...(entry !== undefined && { entryFile: orNull(entry) }),
    ...(python !== undefined && { python: orNull(python) }),
    ...(memory !== undefined && { limits: { memoryMib: memory } }),
    ...(Object.keys(sleep).length > 0 && { sleep }),
    ...(drain !== undefined && { drainSeconds: drain }),
  };
}

async function set(reference: string, options: SetOptions): Promise<void> {
  const { client, output } = openSession(options);
  const before = await client.call('apps.read', { params: { app: reference } });
  output.known['app'] = before.id;
  const body = changesOf(options, before);
  if (Object.keys(body).length === 0) throw new Refusal('cli.usage', 'Say what to set, such as --hostname, --branch or --stop-after: weir help set lists all.');
  const app = await client.call('apps.update', { params: { app: before.id }, body });
  const { id, status, hostname, url, source, python, limits, sleep, drainSeconds } = app;
  output.result({ app: id, status, hostname, url, source, python, limits, sleep, drainSeconds }, () => words(app));
}

function words({ hostname, url, source, python, limits, sleep, drainSeconds }: AppView): string {
  const from = [source.branch ?? 'the default branch', source.entryFile ?? 'an entry file found by itself', `Python ${python ?? 'by default'}`];
  return `${hostname} is at ${url}.\nBuilt with ${from.join(', ')}, from the next deployment on; ${limits.memoryMib} MiB, from the next start on.\n${sleepWords(sleep)}; sessions of an old release live on for at most ${drainSeconds} s.`;
}
