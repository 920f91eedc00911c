import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';
import { everyPage, PAGE_LIMIT } from '../every-page.ts';
import { ago, table } from '../format.ts';
import { running } from '../running.ts';

export const appsCommand = (): Command => apiCommand('apps', 'List apps, newest first').action(apps);

async function apps(options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const items = await everyPage((after) => client.call('apps.list', { query: { limit: PAGE_LIMIT, ...after } }));
  output.result(
    items.map((app) => Object.assign({ app: app.id }, app)),
    () => (items.length === 0 ? 'No apps yet: weir deploy SOURCE makes one.' : table(['HOSTNAME', 'STATUS', 'RUN', 'UPDATED', 'URL'], items.map((app) => [app.hostname, app.status, running(app), ago(app.updatedAt, Date.now()), app.url]))),
  );
}
