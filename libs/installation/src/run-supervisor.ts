import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DataFolder } from './data-folder.ts';
import { waitForPostgres } from './postgres/server.ts';
import { processSpecs, type UpPlan } from './process-spec.ts';
import { run } from './run.ts';
import { Supervisor } from './supervisor.ts';
import { supervisorStatus } from './supervisor-client.ts';

const APPEAR_LIMIT_MS = 60_000;

/** Runs the processes of a plan until told to stop, by a signal or over the control socket. */
export async function runSupervisor(dataDir: string): Promise<void> {
  const data = new DataFolder(dataDir);
  const plan = JSON.parse(readFileSync(data.file('plan.json'), 'utf8')) as UpPlan;
  const supervisor = new Supervisor(data, processSpecs(plan, data));
  const end = (): void => void supervisor.stop().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  await supervisor.listen(() => process.exit(0));
  if (plan.postgres) supervisor.start('postgres');
  await waitForPostgres(Object.assign(new URL(plan.databaseUrl), plan.postgres && { pathname: '/postgres' }).href);
  await prepareDatabase(plan, data);
  supervisor.start();
}

/** By the control plane's own program: nobody else holds the database. */
async function prepareDatabase(plan: UpPlan, data: DataFolder): Promise<void> {
  const env = { ...process.env, DATABASE_URL: plan.databaseUrl, WEIR_INSTALLATION: data.installation, WEIR_QUEUE_PASSWORD_FILE: data.file('queue-password') };
  await run(process.execPath, [`${plan.root}/services/control-plane/dist/prepare-database.js`], { cwd: plan.root, env });
}

/** Starts the supervisor in a session of its own, holding none of our streams. Resolves when it listens. */
export async function spawnSupervisor(data: DataFolder, program: readonly string[]): Promise<void> {
  const log = openSync(data.file('log', 'supervisor.log'), 'a', 0o600);
  const child = spawn(process.execPath, program, { cwd: data.path, detached: true, stdio: ['ignore', log, log] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.unref();
  for (const limit = Date.now() + APPEAR_LIMIT_MS; Date.now() < limit; ) {
    if (await supervisorStatus(data)) return;
    const code = await Promise.race([ended, delay(50, 'alive' as const)]);
    if (code !== 'alive') throw new Error(`the supervisor ended with ${code}; see ${data.file('log', 'supervisor.log')}`);
  }
  throw new Error('the supervisor did not appear');
}
