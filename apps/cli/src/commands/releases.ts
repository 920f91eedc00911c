import type { ReleaseView } from '@weir/contracts';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { everyPage, PAGE_LIMIT } from '../every-page.ts';
import { ago, printable, subject, table } from '../format.ts';

interface ReleasesOptions extends CommonOptions {
  readonly lock?: string;
}

export const releasesCommand = (): Command =>
  apiCommand('releases', "List an app's releases, newest first; or print what was installed for one")
    .argument('<app>', 'id or hostname')
    .option('--lock <release>', 'the exact packages of this release, by its number or id')
    .action(releases);

async function releases(app: string, { lock, ...options }: ReleasesOptions): Promise<void> {
  if (lock !== undefined) return printLock(app, lock, options);
  const { client, output } = openSession(options);
  const items = await everyPage((after) => client.call('releases.list', { params: { app }, query: { limit: PAGE_LIMIT, ...after } }));
  output.result(items, () => (items.length === 0 ? 'No releases yet.' : table(['NUMBER', 'STATE', 'COMMIT', 'PYTHON', 'WHEN', 'RELEASE', 'SUBJECT'], items.map(row))));
}

const row = (one: ReleaseView): string[] => [String(one.number), one.state, one.commit.slice(0, 12), one.python, ago(one.createdAt, Date.now()), one.id, subject(one.commitMessage)];

async function printLock(app: string, release: string, options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const view = await client.call('releases.lock', { params: { app, release } });
  output.result(view, () => (view.lock === null ? 'Nothing was recorded for this release.' : printable(view.lock.trimEnd())));
}
