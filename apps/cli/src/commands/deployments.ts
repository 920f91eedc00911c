import type { DeploymentView } from '@weir/contracts';
import { inLine } from '@weir/domain';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { everyPage, PAGE_LIMIT } from '../every-page.ts';
import { ago, duration, printable, subject, table } from '../format.ts';

export const deploymentsCommand = (): Command => apiCommand('deployments', "List an app's deployments, newest first").argument('<app>', 'id or hostname').action(deployments);

async function deployments(app: string, options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const items = await everyPage((after) => client.call('deployments.list', { params: { app }, query: { limit: PAGE_LIMIT, ...after } }));
  output.result(items, () => (items.length === 0 ? 'No deployments yet.' : table(['NUMBER', 'STATUS', 'WHY', 'RELEASE', 'COMMIT', 'BY', 'WHEN', 'TOOK', 'WARNINGS', 'DEPLOYMENT', 'SUBJECT'], items.map(row))));
}

const row = (one: DeploymentView): string[] => [
  String(one.number),
  one.queuePosition === null ? one.status : `${one.status}, ${inLine(one.queuePosition)}`,
  one.reason,
  one.releaseNumber === null ? '-' : `${one.releaseNumber}${one.releaseState === 'pruned' ? ' (pruned)' : ''}`,
  one.commit?.slice(0, 12) ?? '-',
  printable(one.actor.name),
  ago(one.createdAt, Date.now()),
  duration(Object.values(one.phases).reduce((sum, ms) => sum + ms, 0)),
  one.warnings.length === 0 ? '-' : String(one.warnings.length),
  one.id,
  subject(one.commitMessage),
];
