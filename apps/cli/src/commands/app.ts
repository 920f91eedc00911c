import type { AppView } from '@weir/contracts';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { warningWords } from '../deploy/warning-words.ts';
import { printable } from '../format.ts';
import { running } from '../running.ts';
import { sleepWords } from '../sleep-words.ts';

export const appCommand = (): Command => apiCommand('app', 'Show an app').argument('<app>', 'id or hostname').action(app);

async function app(reference: string, options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const view = await client.call('apps.read', { params: { app: reference } });
  output.result({ app: view.id, ...view }, () => describeApp(view));
}

/** An app as people read it; under how it crashed stands what it wrote last. */
export function describeApp(view: AppView): string {
  const facts: [string, string][] = [
    ['App', `${view.hostname} (${view.id})`],
    ['Status', [view.sleeping === 'awake' ? view.status : `${view.status} (${view.sleeping})`, view.statusReason].filter((text) => text).join(': ')],
    ...(view.lastWords ? [['Last lines', `\n${view.lastWords.replaceAll(/^/gm, '  ')}`] as [string, string]] : []),
    ['Instances', `${running(view)} run`],
    ['Sleep', sleepWords(view.sleep)],
    ['URL', view.url],
    ['Source', view.source.kind === 'git' ? view.source.url : view.gitUrl],
    ['Branch', view.source.branch ?? 'default'],
    ['Entry file', view.release?.entryFile ?? view.source.entryFile ?? 'chosen by the build'],
    ['Python', view.release?.python ?? view.python ?? 'default'],
    ['Limits', `${view.limits.memoryMib} MiB, ${view.limits.cpus} CPU, ${view.limits.pids} processes`],
    ['Release', view.release ? `${view.release.number}, commit ${view.release.commit.slice(0, 12)}` : 'none'],
    ['Deployment', view.deployment ? `${view.deployment.number} ${view.deployment.status}` : 'none'],
  ];
  const failure = view.deployment?.failure;
  const warnings = (view.deployment?.warnings ?? []).map((warning): [string, string] => ['Warning', warningWords(warning)]);
  return [...facts, ...(failure ? [['Failure', failure.message] as [string, string]] : []), ...warnings].map(([name, text]) => `${name.padEnd(12)}${printable(text)}`).join('\n');
}
