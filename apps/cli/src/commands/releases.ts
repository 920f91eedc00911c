import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { everyPage, PAGE_LIMIT } from '../every-page.ts';
import { ago, table } from '../format.ts';

export const releasesCommand = (): Command => apiCommand('releases', "List an app's releases, newest first").argument('<app>', 'id or hostname').action(releases);

async function releases(app: string, options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const items = await everyPage((after) => client.call('releases.list', { params: { app }, query: { limit: PAGE_LIMIT, ...after } }));
  output.result(items, () =>
    items.length === 0
      ? 'No releases yet.'
      : table(['NUMBER', 'CURRENT', 'COMMIT', 'PYTHON', 'WHEN', 'RELEASE'], items.map((one) => [String(one.number), one.current ? 'yes' : '', one.commit.slice(0, 12), one.python, ago(one.createdAt, Date.now()), one.id])),
  );
}
