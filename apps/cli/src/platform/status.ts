import { VERSION } from '@weir/contracts/version';
import { DataFolder } from '@weir/installation/data-folder';
import { supervisorStatus } from '@weir/installation/supervisor-client';
import { Command } from 'commander';
import { connect } from '../connection.ts';
import { hostProblems } from './host-problems.ts';
import { defaultDataDir, type PlatformOptions } from './where.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('Show processes and apps')
    .option('--data-dir <dir>', 'data folder', defaultDataDir())
    .option('--json', 'print one JSON document')
    .action(status);
}

async function status(options: PlatformOptions): Promise<void> {
  const data = new DataFolder(options.dataDir);
  const supervisor = await supervisorStatus(data);
  const processes = supervisor?.processes ?? [];
  const apps = supervisor ? await countApps(options) : { live: 0, asleep: 0, failed: 0 };
  const warnings = await hostProblems(data);
  if (options.json) process.stdout.write(`${JSON.stringify({ version: VERSION, processes, apps, warnings })}\n`);
  else {
    const rows = processes.map(({ name, status: state, pid, restarts }) => `${name.padEnd(15)}${state.padEnd(10)}${String(pid ?? '-').padEnd(9)}${restarts ? `${restarts} restarts` : ''}`);
    process.stdout.write(`Weir ${VERSION}${supervisor ? '' : ' is not running'}\n${rows.join('\n')}\n\nApps: ${apps.live} live, ${apps.asleep} asleep, ${apps.failed} failed\n`);
    for (const { code, detail } of warnings) process.stdout.write(`\n${detail} (${code})\n`);
  }
  process.exitCode = supervisor ? 0 : 1;
}

async function countApps(options: PlatformOptions): Promise<{ live: number; asleep: number; failed: number }> {
  const { client } = connect(options);
  const count = { live: 0, asleep: 0, failed: 0 };
  for (let after: string | null | undefined; after !== null; ) {
    const page = await client.call('apps.list', { query: { limit: 100, ...(after && { after }) } });
    for (const app of page.items) {
      if (app.status === 'live' || app.status === 'asleep') count[app.status]++;
      else if (app.status === 'failed' || app.status === 'crashed') count.failed++;
    }
    after = page.next;
  }
  return count;
}
