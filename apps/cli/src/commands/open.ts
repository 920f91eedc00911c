import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { apiCommand, type CommonOptions, openSession } from '../command.ts';

export const openCommand = (): Command => apiCommand('open', 'Open an app in the browser').argument('<app>', 'id or hostname').action(open);

async function open(reference: string, options: CommonOptions): Promise<void> {
  const { client, output } = openSession(options);
  const app = await client.call('apps.read', { params: { app: reference } });
  output.result({ app: app.id, url: app.url }, () => app.url);
  if (!options.json && process.stdout.isTTY) browse(app.url, (error) => output.warn(`No browser could be started (${error.message}).`));
}

function browse(url: string, onError: (error: Error) => void): void {
  const child = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [url], { detached: true, stdio: 'ignore' });
  child.once('error', onError);
  child.unref();
}
